import type { Conversation, Message } from "@vero/contracts";
import { readConfig, serveStandalone } from "@vero/standalone";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences } from "../client/canonical.js";
import { ModelClient } from "../client/client.js";
import { fetchState } from "../client/fetch.js";
import { call } from "../harness/client.js";
import { withoutNotifications } from "../harness/database.js";
import { groupOf, invite, type Operation, type Person, say } from "../harness/people.js";
import { testMs, unhurried } from "../harness/waiting.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

/** A node on the same database whose events reach nobody else. */
let elsewhere: Awaited<ReturnType<typeof serveStandalone>>;
beforeAll(async () => {
  const { database, secret, issuer } = workspace.stack;
  elsewhere = await serveStandalone(
    readConfig({
      DATABASE_URL: await withoutNotifications(database),
      VERO_SECRET: secret,
      VERO_PUBLIC_URL: issuer,
      VERO_LOG_LEVEL: "silent",
      VERO_RATE_LIMITS: "off",
      ...unhurried,
      PORT: "0",
    }),
  );
});
afterAll(() => elsewhere?.close());

interface Fixture {
  founder: Person;
  owner: Person;
  watcher: Person;
  third: Person;
  outsider: Person;
  group: Conversation;
  /** By the watcher and by the owner. */
  own: Message;
  other: Message;
}

interface Change {
  name: string;
  by: "founder" | "owner" | "watcher" | "third";
  /** The user whose connected client has to find the change, where it is not the watcher. */
  watched?: "outsider";
  operation(fixture: Fixture): Operation;
  body?(fixture: Fixture): object;
}

const at = ({ group }: Fixture) => `/v1/chat/conversations/${group.id}` as const;
const message = ({ other }: Fixture) => `/v1/chat/messages/${other.id}` as const;

const changes: readonly Change[] = [
  {
    name: "a message",
    by: "owner",
    operation: () => "POST /v1/chat/messages/send",
    body: ({ group }) => ({ conversation_id: group.id, text: "unpublished" }),
  },
  {
    name: "an edit",
    by: "owner",
    operation: (fixture) => `PATCH ${message(fixture)}`,
    body: () => ({ text: "edited" }),
  },
  {
    name: "a reaction",
    by: "third",
    operation: ({ own }) => `POST /v1/chat/messages/${own.id}/reactions`,
    body: () => ({ emoji: "👍" }),
  },
  {
    name: "a message deleted for everyone",
    by: "owner",
    operation: (fixture) => `DELETE ${message(fixture)}?scope=for_everyone`,
  },
  {
    name: "a new name",
    by: "owner",
    operation: (fixture) => `PATCH ${at(fixture)}`,
    body: () => ({ name: "Renamed" }),
  },
  {
    name: "a description",
    by: "owner",
    operation: (fixture) => `PATCH ${at(fixture)}`,
    body: () => ({ description: "About" }),
  },
  {
    name: "somebody added",
    by: "owner",
    operation: (fixture) => `POST ${at(fixture)}/participants`,
    body: ({ outsider }) => ({ user_ids: [outsider.id] }),
  },
  {
    name: "somebody removed",
    by: "owner",
    operation: (fixture) => `DELETE ${at(fixture)}/participants/${fixture.third.id}`,
  },
  {
    name: "the owner gone, and another owner",
    by: "owner",
    operation: (fixture) => `DELETE ${at(fixture)}/participants/${fixture.owner.id}`,
  },
  {
    name: "somebody's role",
    by: "owner",
    operation: (fixture) => `PATCH ${at(fixture)}/participants/${fixture.third.id}`,
    body: () => ({ role: "admin" }),
  },
  {
    name: "one's own role",
    by: "owner",
    operation: (fixture) => `PATCH ${at(fixture)}/participants/${fixture.watcher.id}`,
    body: () => ({ role: "owner" }),
  },
  {
    name: "the conversation deleted",
    by: "owner",
    operation: (fixture) => `DELETE ${at(fixture)}?scope=for_everyone`,
  },
  {
    name: "the conversation deleted for oneself",
    by: "watcher",
    operation: (fixture) => `DELETE ${at(fixture)}?scope=for_me`,
  },
  {
    name: "a message deleted for oneself",
    by: "watcher",
    operation: (fixture) => `DELETE ${message(fixture)}?scope=for_me`,
  },
  {
    name: "read on another device",
    by: "watcher",
    operation: (fixture) => `POST ${at(fixture)}/read`,
    body: ({ other }) => ({ seq: other.seq }),
  },
  {
    name: "how far somebody else has read",
    by: "third",
    operation: (fixture) => `POST ${at(fixture)}/read`,
    body: ({ other }) => ({ seq: other.seq }),
  },
  {
    name: "another name of somebody",
    by: "third",
    operation: () => "PATCH /auth/profile",
    body: () => ({ display_name: "Trude T." }),
  },
  {
    name: "what another role in the workspace allows",
    by: "founder",
    operation: ({ watcher }) => `PATCH /auth/members/${watcher.id}`,
    body: () => ({ role: "admin" }),
  },
  {
    name: "muted on another device",
    by: "watcher",
    operation: (fixture) => `POST ${at(fixture)}/mute`,
    body: () => ({}),
  },
  {
    name: "archived on another device",
    by: "watcher",
    operation: (fixture) => `POST ${at(fixture)}/archive`,
  },
  {
    name: "oneself removed",
    by: "owner",
    operation: (fixture) => `DELETE ${at(fixture)}/participants/${fixture.watcher.id}`,
  },
  {
    name: "oneself added",
    by: "owner",
    watched: "outsider",
    operation: (fixture) => `POST ${at(fixture)}/participants`,
    body: ({ outsider }) => ({ user_ids: [outsider.id] }),
  },
  {
    name: "a new group",
    by: "owner",
    operation: () => "POST /v1/chat/conversations",
    body: ({ watcher, third }) => ({ type: "group", participant_ids: [watcher.id, third.id] }),
  },
];

async function arrange(): Promise<Fixture> {
  const { stack, ada } = workspace;
  const [owner, watcher, third, outsider] = (await Promise.all(
    ["Olga", "Walter", "Trude", "Otto"].map((name) => invite(stack, ada, name)),
  )) as [Person, Person, Person, Person];
  const group = await groupOf(owner, [watcher, third]);
  const own = await say(watcher, group.id, "by the watcher");
  return {
    founder: ada,
    owner,
    watcher,
    third,
    outsider,
    group,
    own,
    other: await say(owner, group.id, "by the owner"),
  };
}

/** Makes the change without an event; answers what is wrong with how the watching client found it. */
async function miss({ name, by, watched, operation, body }: Change): Promise<string[]> {
  const fixture = await arrange();
  const watcher = fixture[watched ?? "watcher"];
  const client = new ModelClient(workspace.stack, watcher);
  await client.connect();
  const stale = structuredClone(client.state);
  const { status } = await call<unknown>(elsewhere.url, operation(fixture), {
    token: fixture[by].token,
    ...(body && { body: body(fixture) }),
  });
  if (status >= 300) throw new Error(`${name} was answered ${status}`);
  const fresh = await fetchState(watcher);
  const { differing } = await client.catchUp(fresh);
  await client.check();
  await client.end();
  if (differences(stale, fresh).length === 0) return [`${name}: nothing has changed`];
  return differing.map((difference) => `${name}: ${difference}`);
}

const { VERO_PROVE } = process.env;
const rounds = VERO_PROVE === undefined ? 1 : Math.ceil(1_000 / changes.length);

describe("a change of which no event is published", () => {
  it("reaches a connected client, whatever it is", { timeout: rounds * testMs }, async () => {
    for (const _ of upTo(rounds)) {
      const missed = await pLimit(6).map(changes, miss);
      expect(missed.flat()).toEqual([]);
    }
  });
});
