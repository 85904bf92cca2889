import { randomUUID } from "node:crypto";
import { insertConversation, insertParticipants } from "@vero/db";
import { openConversation } from "@vero/db/conversation-log";
import { createMemoryBus } from "@vero/server";
import { expect, it } from "vitest";
import { ConnectedUser } from "../src/realtime/realtime.connected-user.js";
import { createFeeds } from "../src/realtime/realtime.feeds.js";
import { createMemberships } from "../src/realtime/realtime.memberships.js";
import { createSources } from "../src/realtime/realtime.sources.database.js";
import { createLinks } from "../src/views/file-urls.js";
import { log, useDatabase } from "./database.setup.js";

const fixture = useDatabase();
const blank = { type: "group" as const, direct_key: null, name: "Group", description: null, avatar_url: null };

it("a comparison takes one query while nothing differs, whatever the windows are", async () => {
  const { actor, database } = fixture;
  const { tenant_id, user_id } = actor;
  for (const window of [
    { visible_from_seq: 0 },
    { visible_from_seq: 3 },
    { visible_from_seq: 3, visible_to_seq: 12 },
  ]) {
    const id = randomUUID();
    await database.transaction(async (begun) => {
      const tx = openConversation(begun);
      await insertConversation(tx, { ...blank, tenant_id, id, metadata: {}, created_by: user_id });
      await insertParticipants(tx, { tenant_id, conversation_id: id }, { user_id, role: "owner" }, []);
    });
    await fixture.stored.sql`update participants set ${fixture.stored.sql(window)} where conversation_id = ${id}`;
  }
  const bus = createMemoryBus(log);
  const all = createSources({
    database,
    conversations: { find: async () => undefined, findFor: async () => new Map() },
    links: createLinks({ objects: { signDownload: async () => "https://objects.example.com" } }),
    log,
  });
  let reads = 0;
  const sources: typeof all = {
    ...all,
    subscriptions: (...given) => {
      reads += 1;
      return all.subscriptions(...given);
    },
  };
  const memberships = createMemberships({ feeds: createFeeds({ bus, sources, log }), sources });
  const user = new ConnectedUser(actor, { bus, onUserEvent: () => expect.unreachable(), onError: expect.unreachable });
  const unreachable = () => expect.unreachable();
  user.sockets.add({ ...actor, sendEvent: unreachable, resync: unreachable, end: unreachable });
  await memberships.settle(user);
  expect(user.following.size).toBe(3);
  await memberships.compare([user]);
  expect(reads).toBe(1);
  await fixture.stored
    .sql`update participants set visible_to_seq = 13 where user_id = ${user_id} and visible_to_seq = 12`;
  await memberships.compare([user]);
  expect(reads).toBe(2);
});
