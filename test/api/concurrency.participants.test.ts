import type { Conversation, ConversationRole, Message, Participant } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
const crowd: Person[] = [];
beforeAll(async () => {
  for (const n of upTo(4)) crowd.push(await invite(workspace.stack, workspace.ada, `Crowd ${n}`));
});

const at = ({ id }: Conversation, of?: Person): `/v1/chat/conversations/${string}` =>
  `/v1/chat/conversations/${id}/participants${of === undefined ? "" : `/${of.id}`}`;
const add = (by: Person, group: Conversation, who: Person, history: string) =>
  by.call(`POST ${at(group)}`, { body: { user_ids: [who.id], history } });
const remove = (by: Person, group: Conversation, who: Person) => by.call(`DELETE ${at(group, who)}`);
const setRole = (by: Person, group: Conversation, who: Person, role: ConversationRole) =>
  by.call(`PATCH ${at(group, who)}`, { body: { role } });

async function rolesIn(by: Person, group: Conversation): Promise<Map<string, ConversationRole>> {
  const { body } = await by.call<{ items: Participant[] }>(`GET ${at(group)}?limit=100`);
  return new Map(body.items.map(({ user, role }) => [user.id, role]));
}

/** Where somebody came in and went out, as the system messages show those who stayed. */
function staysOf(who: Person, history: readonly Message[]): { from: number; to: number }[] {
  const stays: { from: number; to: number }[] = [];
  for (const { seq, system } of history) {
    if (!system?.user_ids.includes(who.id)) continue;
    if (system.kind === "participants_added") stays.push({ from: seq, to: Number.POSITIVE_INFINITY });
    else Object.assign(stays.at(-1) ?? {}, { to: seq - 1 });
  }
  return stays;
}

describe("coming and going while others write", () => {
  it("shows all of each stay and nothing else, and takes nothing from whoever is gone", async () => {
    const { ada, grace, outsider: guest, stack } = workspace;
    const group = await groupOf(ada, [grace, ...crowd]);
    await withSockets(stack, [guest], async (socket) => {
      let isOver = false;
      const writing = [grace, ...crowd].map(async (by) => {
        for (let n = 1; !isOver; n += 1) await say(by, group.id, `${n} of ${by.id}`);
      });
      const answered: Message[] = [];
      const intruding = (async () => {
        while (!isOver) {
          const { status, body } = await guest.call<Message>("POST /v1/chat/messages/send", {
            body: { conversation_id: group.id, text: "am I here?" },
          });
          expect([200, 404]).toContain(status);
          if (status === 200) answered.push(body);
        }
      })();
      const readWhileIn: number[][] = [];
      for (const round of upTo(6)) {
        expect((await add(ada, group, guest, "from_join")).status).toBe(200);
        readWhileIn.push((await historyOf(guest, group.id)).map(({ seq }) => seq));
        if (round === 6) break;
        expect((await remove(ada, group, guest)).status).toBe(204);
        for (const path of ["", "/messages", "/participants"]) {
          expect((await guest.call(`GET /v1/chat/conversations/${group.id}${path}`)).status).toBe(404);
        }
        const sent = await guest.call("POST /v1/chat/messages/send", {
          body: { conversation_id: group.id, text: "I am gone" },
        });
        expect(sent.status).toBe(404);
      }
      isOver = true;
      await Promise.all([...writing, intruding]);
      const end = await say(ada, group.id, "the end");
      await socket?.event("message.created", (frame) => frame["data"].message.id === end.id);

      const history = await historyOf(ada, group.id);
      expect(history.map(({ seq }) => seq)).toEqual(upTo(history.length));
      const byGuest = history.filter(({ sender_id, system }) => sender_id === guest.id && system === null);
      expect(byGuest.map(({ id }) => id).sort()).toEqual(answered.map(({ id }) => id).sort());
      expect(history.map(({ text }) => text)).not.toContain("I am gone");

      const stays = staysOf(guest, history);
      expect(stays).toHaveLength(6);
      const last = stays.at(-1)?.from ?? 0;
      expect((await historyOf(guest, group.id)).map(({ seq }) => seq)).toEqual(upTo(history.length).slice(last - 1));
      for (const [index, seqs] of readWhileIn.entries()) expect(seqs[0]).toBe(stays[index]?.from);
      expectHeard(socket?.events() ?? [], stays, history.length);
    });
  });
});

/** After each `conversation.created` all that is newer than it, up to `conversation.removed`, and nothing after that. */
function expectHeard(frames: readonly Frame[], stays: readonly { from: number; to: number }[], end: number): void {
  const received: { known: number; seqs: number[] }[] = [];
  let isIn = false;
  for (const { type, data } of frames) {
    if (type === "conversation.created") received.push({ known: data.conversation.last_seq, seqs: [] });
    else if (type !== "conversation.removed") expect([type, isIn]).toEqual([type, true]);
    if (type === "message.created") received.at(-1)?.seqs.push(data.message.seq);
    isIn = type !== "conversation.removed" && (isIn || type === "conversation.created");
  }
  expect(received).toHaveLength(stays.length);
  for (const [index, { from, to }] of stays.entries()) {
    const { known = 0, seqs = [] } = received[index] ?? {};
    const until = Math.min(to, end);
    expect(seqs.filter((seq) => seq < from || seq > until)).toEqual([]);
    expect(known).toBeGreaterThanOrEqual(from);
    expect(seqs).toEqual(expect.arrayContaining(upTo(until).slice(known)));
    expect(new Set(seqs).size).toBe(seqs.length);
  }
}

describe("ownership that several change at once", () => {
  it.each(upTo(10))("is always somebody's, and one person's only (%i)", async () => {
    const { ada, grace } = workspace;
    const group = await groupOf(ada, [grace, ...crowd]);
    const [one, two, three, four] = crowd as [Person, Person, Person, Person];
    for (const who of [one, two]) expect((await setRole(ada, group, who, "admin")).status).toBe(200);
    const answers = await Promise.all([
      setRole(ada, group, one, "owner"),
      setRole(ada, group, three, "owner"),
      setRole(ada, group, two, "member"),
      setRole(one, group, four, "owner"),
      setRole(one, group, ada, "member"),
      setRole(two, group, two, "owner"),
      remove(one, group, three),
      remove(ada, group, ada),
      remove(ada, group, two),
    ]);
    expect([200, 204, 403, 404]).toEqual(expect.arrayContaining(answers.map(({ status }) => status)));
    const roles = await rolesIn(grace, group);
    expect([...roles.values()].filter((role) => role === "owner")).toHaveLength(1);
    expect(roles.has(ada.id)).toBe(false);
    // The owner can do what owners do.
    const owner = [one, two, three, four, grace].find(({ id }) => roles.get(id) === "owner");
    if (owner === undefined || owner === grace) return expect(owner).toBe(grace);
    expect((await setRole(owner, group, grace, "owner")).status).toBe(200);
    expect((await rolesIn(grace, group)).get(grace.id)).toBe("owner");
  });

  it("passes on when all leave at once, to the last", async () => {
    const { ada, grace, stack } = workspace;
    const group = await groupOf(ada, [grace, ...crowd]);
    const answers = await Promise.all([ada, ...crowd].map((who) => remove(who, group, who)));
    for (const { status } of answers) expect(status).toBe(204);
    expect([...(await rolesIn(grace, group))]).toEqual([[grace.id, "owner"]]);
    const kinds = (await historyOf(grace, group.id)).map(({ system }) => system?.kind);
    expect(kinds).toEqual(Array(5).fill("participant_left"));
    expect((await remove(grace, group, grace)).status).toBe(204);
    const left = await stack.database.sql`
      select 1 from participants where conversation_id = ${group.id} and left_at is null`;
    expect(left).toHaveLength(0);
  });

  it("lets the same people be added by several at once", async () => {
    const { ada, grace } = workspace;
    const group = await groupOf(ada, [grace]);
    expect((await setRole(ada, group, grace, "admin")).status).toBe(200);
    const answers = await Promise.all(
      upTo(10).map((n) =>
        (n % 2 === 0 ? ada : grace).call<{ added: Participant[]; already: string[] }>(`POST ${at(group)}`, {
          body: { user_ids: crowd.map(({ id }) => id) },
        }),
      ),
    );
    const added = answers.flatMap(({ body }) => body.added.map(({ user }) => user.id));
    expect(added.sort()).toEqual(crowd.map(({ id }) => id).sort());
    expect(answers.flatMap(({ body }) => body.already)).toHaveLength(crowd.length * 9);
    expect((await historyOf(grace, group.id)).filter(({ system }) => system !== null)).toHaveLength(1);
  });
});
