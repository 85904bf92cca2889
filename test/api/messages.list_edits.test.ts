import type { Message } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesInvisibleMessages } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { deleteMessage, edit, update } from "../harness/actions.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

interface Page {
  items: { text: string; replaced_at: string }[];
  next_cursor: string | null;
}

const workspace = useWorkspace();
let message: Message;
let edited: Message[];
beforeAll(async () => {
  const { ada, grace } = workspace;
  message = await say(ada, (await groupOf(ada, [grace])).id, "text 0");
  edited = [];
  for (const n of upTo(7)) edited.push((await edit(ada, message.id, `text ${n}`)).body);
});

const list = (by: Person, id: string, query = "") => by.call<Page>(`GET /v1/chat/messages/${id}/edits${query}`);

describe("200", () => {
  it("answers the earlier texts, newest first, with when each was replaced, to all who see the message", async () => {
    const { ada, grace } = workspace;
    const { status, body } = await list(grace, message.id);
    expect(status).toBe(200);
    const items = edited.map(({ edited_at: replaced_at }, n) => ({ text: `text ${n}`, replaced_at }));
    expect(body).toEqual({ items: items.reverse(), next_cursor: null });
    expect((await list(ada, message.id)).body).toEqual(body);
  });

  it.each([1, 2, 3, 7])("gives each once in pages of %d", async (limit) => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = `?limit=${limit}${cursor && `&cursor=${cursor}`}`;
      const { body }: { body: Page } = await list(workspace.grace, message.id, query);
      expect(body.items.length).toBeLessThanOrEqual(limit);
      seen.push(...body.items.map(({ text }) => text));
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(
      upTo(7)
        .map((n) => `text ${n - 1}`)
        .reverse(),
    );
  });

  it("repeats nothing when the message is edited between two pages", async () => {
    const { ada } = workspace;
    const other = await say(ada, message.conversation_id, "a");
    for (const text of ["b", "c"]) await edit(ada, other.id, text);
    const first = (await list(ada, other.id, "?limit=1")).body;
    await edit(ada, other.id, "d");
    const second = (await list(ada, other.id, `?limit=1&cursor=${first.next_cursor}`)).body;
    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(["b", "a"]);
  });

  it("is empty for what was never edited, for what the system says, and for what was deleted", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const [never, gone] = [await say(ada, id, "never"), await say(ada, id, "secret")];
    await edit(ada, gone.id, "less secret");
    await deleteMessage(ada, gone.id, "for_everyone");
    await update(ada, id, { name: "Renamed" });
    const system = (await historyOf(ada, id)).at(-1) as Message;
    for (const one of [never, gone, system]) {
      expect((await list(grace, one.id)).body).toEqual({ items: [], next_cursor: null });
    }
  });

  it("is there on the socket", async () => {
    const { grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const answer = await socket.request("messages.list_edits", { id: message.id, limit: 2 });
      expect(answer["d"]).toEqual((await list(grace, message.id, "?limit=2")).body);
    });
  });
});

describe("400", () => {
  it.each(["?limit=0", "?limit=101", "?limit=x", "?cursor=x", "?cursor=WyJhIl0", "?before=5"])(
    "validation_failed for %s",
    async (query) => {
      expectProblem(await list(workspace.ada, message.id, query), 400, "validation_failed");
    },
  );
});

describe("404", () => {
  refusesInvisibleMessages(workspace, (id) => `GET /v1/chat/messages/${id}/edits`);
});
