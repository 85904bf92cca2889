import { beforeEach, describe, expect, it } from "vitest";
import { differences } from "../client/canonical.js";
import { fetchHeld, fetchState } from "../client/fetch.js";
import type { State } from "../client/state.js";
import { synchronise } from "../client/sync.js";
import { addTo, block, cursorOf, deleteConversation, removeFrom, sync, unblock, update } from "../harness/actions.js";
import { createWorkspace, directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
let ada: Person;
let linus: Person;
let grace: Person;
/** The oldest first. */
let ids: string[];
beforeEach(async () => {
  const { stack } = workspace;
  ada = await createWorkspace(stack, "Ada");
  [linus, grace] = (await Promise.all(["Linus", "Grace"].map((name) => invite(stack, ada, name)))) as [Person, Person];
  ids = [(await directBetween(grace, linus)).id];
  for (const n of upTo(11)) ids.push((await groupOf(ada, [linus, grace], `Group ${n}`)).id);
  for (const id of ids) await say(grace, id, "hello");
});

/** As the contract says that a client begins: five at a time, while something happens after the first page. */
async function begin(meanwhile: () => Promise<unknown>): Promise<State> {
  let isFirst = true;
  const state = await fetchState(linus, {
    limit: 5,
    meanwhile: async () => {
      if (isFirst) await meanwhile();
      isFirst = false;
    },
  });
  await synchronise(linus, state, {
    async list(conversation) {
      const held = await fetchHeld(linus, conversation);
      if (held === undefined) state.conversations.delete(conversation.id);
      else state.conversations.set(conversation.id, held);
    },
  });
  return state;
}

const at = (n: number): string => ids.at(n) as string;
const path = (n: number) => `/v1/chat/conversations/${at(n)}` as const;

const cases: Record<string, () => Promise<unknown>> = {
  nothing: async () => {},
  "a message in the oldest": () => say(grace, at(0), "news"),
  "messages in all of them": async () => {
    for (const id of ids) await say(grace, id, "news");
  },
  "messages in the oldest and in one that was listed": async () => {
    await say(ada, at(1), "news");
    await say(ada, at(-1), "news");
  },
  "another name of the oldest group": () => update(ada, at(1), { name: "Renamed" }),
  "reading in the oldest": () => linus.call(`POST ${path(0)}/read`, { body: { seq: 1 } }),
  "reading of somebody else": () => ada.call(`POST ${path(2)}/read`, { body: { seq: 1 } }),
  muting: () => linus.call(`POST ${path(0)}/mute`, { body: {} }),
  "archiving, and a message there": async () => {
    await linus.call(`POST ${path(0)}/archive`);
    await say(grace, at(0), "news");
  },
  "archiving and unarchiving": async () => {
    await linus.call(`POST ${path(0)}/archive`);
    await say(grace, at(0), "news");
    await linus.call(`DELETE ${path(0)}/archive`);
  },
  "a new one": () => groupOf(ada, [linus], "New"),
  "one that goes": () => removeFrom(ada, at(1), linus.id),
  "one that goes, and comes back": async () => {
    await removeFrom(ada, at(1), linus.id);
    await addTo(ada, at(1), [linus.id]);
  },
  "one that is deleted for everyone": () => deleteConversation(ada, at(1), "for_everyone"),
  "one that was listed, deleted for me": () => deleteConversation(linus, at(-1)),
  "the oldest deleted for me, and back": async () => {
    await deleteConversation(linus, at(0));
    await say(grace, at(0), "news");
  },
  "a block, and what is sent across it": async () => {
    await block(linus, grace);
    await say(grace, at(0), "withheld");
    await say(grace, at(1), "marked");
  },
  "a block and its end": async () => {
    await block(linus, grace);
    await unblock(linus, grace);
    await say(grace, at(0), "news");
  },
  "another name of somebody": () => grace.call("PATCH /auth/profile", { body: { display_name: "Grace H." } }),
};

describe("a walk of the list and a call of sync are complete", () => {
  it.each(Object.entries(cases))("while there is %s", async (_, meanwhile) => {
    const state = await begin(meanwhile);
    expect(differences(state, await fetchState(linus))).toEqual([]);
  });

  it("names once, as added, what has moved and was not listed", async () => {
    const { body: taken } = await sync(linus, []);
    const list = (cursor = "") =>
      linus.call<{ items: { id: string }[]; next_cursor: string }>(`GET /v1/chat/conversations?limit=5${cursor}`);
    const pages = [(await list()).body];
    await say(grace, at(0), "news");
    for (let next = pages[0]?.next_cursor; next; next = pages.at(-1)?.next_cursor) {
      pages.push((await list(`&cursor=${encodeURIComponent(next)}`)).body);
    }
    const listed = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(listed).toHaveLength(11);
    const asked = listed.map((conversation_id) => ({ conversation_id, last_seq: 1, last_change_seq: 1 }));
    const { body } = await sync(linus, asked, { user_cursor: taken.user_cursor });
    expect(body.added.map(({ id }) => id)).toEqual([at(0)]);
    expect(body.has_more).toBe(false);
    const { body: later } = await sync(linus, asked, { user_cursor: body.user_cursor });
    expect(later.added).toEqual([]);
  });

  it("comes in pages where more has moved than an answer holds, also what moves meanwhile", async () => {
    const more = await Promise.all(upTo(60).map((n) => groupOf(ada, [linus], `More ${n}`)));
    const all = new Set([...ids, ...more.map(({ id }) => id)]);
    let { user_cursor } = (await sync(linus, [])).body;
    for (const id of all) await say(ada, id, "news").catch(() => say(grace, id, "news"));
    const added = new Map<string, number>();
    const [last] = [...all].sort();
    let calls = 0;
    for (let isMore = true; isMore; calls += 1) {
      const { body } = await sync(linus, [], { user_cursor });
      for (const { id, last_seq } of body.added) added.set(id, last_seq);
      if (calls === 0) await say(grace, last as string, "in one that was answered").catch(() => {});
      if (calls === 0) await say(ada, last as string, "in one that was answered").catch(() => {});
      ({ user_cursor, has_more: isMore } = body);
    }
    expect(new Set(added.keys())).toEqual(all);
    const fresh = await fetchState(linus);
    for (const [id, { conversation }] of fresh.conversations) expect(added.get(id)).toBe(conversation.last_seq);
  });

  it("is nothing to whoever holds everything", async () => {
    const user_cursor = await cursorOf(linus);
    await say(grace, at(0), "news");
    expect((await sync(linus, [], { user_cursor })).body.added).toEqual([]);
  });
});
