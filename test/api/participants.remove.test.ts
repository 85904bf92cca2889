import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { answersNotFound, refusesNonParticipants } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { addTo, cursorOf, removeFrom, setRole, sync } from "../harness/actions.js";
import {
  changesNothing,
  conversationOf,
  listedBy,
  outlineOf,
  participantsOf,
  receivedUntilNow,
  refuses,
} from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let linus: Person;
let margaret: Person;
let group: Conversation;
let message: Message;
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  margaret = await invite(stack, ada, "Margaret");
  group = await groupOf(grace, [ada, linus]);
  message = await say(linus, group.id, "one");
});

const rolesOf = async (person: Person): Promise<[string, string][]> =>
  (await participantsOf(person, group.id)).map(({ user, role }) => [user.display_name, role]);

/**
 * Expects that a user who is gone finds nothing of the conversation by any operation, and that sync answers the reason.
 */
async function isGone(person: Person, reason: "left" | "removed"): Promise<void> {
  expect(await listedBy(person)).not.toContain(group.id);
  await answersNotFound(person, { conversation: group, message, userId: person.id });
  const known = { conversation_id: group.id, last_seq: 0 };
  const removed = [{ conversation_id: group.id, reason }];
  expect((await sync(person, [known])).body).toMatchObject({ conversations: [], added: [], updated: [], removed });
}

describe("204", () => {
  it("ends somebody's part; the others are notified of it, and the one only that it is over", async () => {
    const { ada, grace, stack } = workspace;
    const user_cursor = await cursorOf(linus);
    await withSockets(stack, [ada, grace, grace, linus, linus], async (...sockets) => {
      expect(await removeFrom(grace, group.id, linus.id.toUpperCase())).toMatchObject({ status: 204, body: undefined });
      const record = (await historyOf(ada, group.id)).at(-1);
      expect(record).toMatchObject({
        type: "system",
        sender_id: grace.id,
        system: { kind: "participant_removed", user_ids: [linus.id], name: null },
      });
      const seen = await Promise.all([ada, grace, grace].map((person) => conversationOf(person, group.id)));
      for (const socket of sockets.slice(0, 3)) await socket.event("conversation.updated");
      for (const [index, received] of (await receivedUntilNow(ada, group.id, sockets.slice(0, 3))).entries()) {
        expect(outlineOf(received)).toEqual([
          ["participant.removed", 2],
          ["message.created", 3],
          ["conversation.updated", 4],
        ]);
        expect(received.map(({ data }) => data)).toEqual([
          { user_id: linus.id, reason: "removed" },
          { message: record },
          { conversation: seen[index] },
        ]);
        expect(seen[index]).toMatchObject({ participant_count: 2 });
      }
      const next = await groupOf(linus, []);
      for (const socket of sockets.slice(3)) {
        await socket.event("conversation.created", (frame) => frame["conversation_id"] === next.id);
        const [removed, ...more] = socket.events();
        expect(removed).toMatchObject({ type: "conversation.removed", conversation_id: group.id });
        expect(removed?.["data"]).toEqual({ conversation_id: group.id, reason: "removed" });
        expect(more).toHaveLength(1);
      }
    });
    await isGone(linus, "removed");
    const { removed } = (await sync(linus, [], { user_cursor })).body;
    expect(removed).toEqual([{ conversation_id: group.id, reason: "removed" }]);
  });

  it("lets everybody leave, and says so; leaving twice finds nothing", async () => {
    const { ada, stack } = workspace;
    await withSockets(stack, [ada, linus], async (theirs, own) => {
      expect((await removeFrom(linus, group.id, linus.id)).status).toBe(204);
      expect((await own.event("conversation.removed"))["data"]).toEqual({ conversation_id: group.id, reason: "left" });
      expect((await theirs.event("participant.removed"))["data"]).toEqual({ user_id: linus.id, reason: "left" });
      expect((await historyOf(ada, group.id)).at(-1)).toMatchObject({
        sender_id: linus.id,
        system: { kind: "participant_left", user_ids: [linus.id], name: null },
      });
    });
    await isGone(linus, "left");
    expectProblem(await removeFrom(linus, group.id, linus.id), 404, "conversation_not_found");
  });

  it("is the last that is received, while messages go on", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [linus, linus, ada], async (...sockets) => {
      const traffic = (by: Person) => Promise.all(upTo(15).map((n) => say(by, group.id, `${n}`)));
      await Promise.all([traffic(ada), removeFrom(grace, group.id, linus.id), traffic(grace)]);
      await receivedUntilNow(ada, group.id, sockets.slice(2));
      const next = await groupOf(linus, []);
      for (const socket of sockets.slice(0, 2)) {
        await socket.event("conversation.created", (frame) => frame["conversation_id"] === next.id);
        const received = socket.events().filter((frame) => frame["conversation_id"] === group.id);
        expect(received.map(({ type }) => type).indexOf("conversation.removed")).toBe(received.length - 1);
        const changes = received.slice(0, -1).map((frame) => frame["change_seq"]);
        expect(changes).toEqual(upTo(changes.length).map((n) => n + 1));
      }
    });
  });

  it("lets the last one leave, too", async () => {
    const { ada, grace } = workspace;
    for (const person of [ada, grace, linus]) expect((await removeFrom(person, group.id, person.id)).status).toBe(204);
    for (const person of [ada, grace, linus]) await isGone(person, "left");
  });

  it("is by rank: the owner removes admins, and admins members", async () => {
    const { ada, grace } = workspace;
    await setRole(grace, group.id, ada.id, "admin");
    expect((await removeFrom(ada, group.id, linus.id)).status).toBe(204);
    expect((await removeFrom(grace, group.id, ada.id)).status).toBe(204);
    expect(await rolesOf(grace)).toEqual([["Grace", "owner"]]);
  });

  it("changes nothing, and notifies nobody, for who is not here or not any more", async () => {
    const { ada, grace, outsider, stranger, stack } = workspace;
    await removeFrom(grace, group.id, linus.id);
    await changesNothing(stack, grace, group.id, [ada, grace], async () => {
      for (const id of [linus.id, outsider.id, stranger.id, randomUUID()]) {
        expect((await removeFrom(grace, group.id, id)).status).toBe(204);
      }
    });
  });

  it("happens once when many ask at once", async () => {
    const { ada, grace } = workspace;
    const answers = await Promise.all(upTo(10).map(() => removeFrom(grace, group.id, linus.id)));
    expect(answers.map(({ status }) => status)).toEqual(upTo(10).map(() => 204));
    expect(await conversationOf(ada, group.id)).toMatchObject({
      last_seq: 2,
      last_change_seq: 4,
      participant_count: 2,
    });
  });

  it("is there on the socket, whose next request finds nothing", async () => {
    await withSockets(workspace.stack, [linus], async (socket) => {
      const answer = await socket.request("participants.remove", { id: group.id, userId: linus.id });
      expect(answer["ok"]).toBe(true);
      const { error } = await socket.request("messages.list", { id: group.id });
      expect(error).toMatchObject({ status: 404, code: "conversation_not_found" });
    });
  });
});

describe("400", () => {
  it.each(["linus", "%20", "me"])("validation_failed for %s, which is no id", async (id) => {
    const { grace, ada, stack } = workspace;
    await refuses(stack, ada, group.id, [ada], () => removeFrom(grace, group.id, id), "validation_failed");
  });

  it("validation_failed for parameters that are unknown", async () => {
    const { grace, ada, stack } = workspace;
    const call = () => removeFrom(grace, group.id, `${linus.id}?reason=left`);
    await refuses(stack, ada, group.id, [ada, linus], call, "validation_failed");
  });
});

describe("403", () => {
  it("forbidden for members, whoever it is to be; for admins among themselves, and towards the owner", async () => {
    const { ada, grace, outsider, stack } = workspace;
    await addTo(grace, group.id, [margaret.id], { role: "admin" });
    await setRole(grace, group.id, linus.id, "admin");
    for (const [by, id] of [
      [ada, grace.id],
      [ada, linus.id],
      [ada, outsider.id],
      [ada, randomUUID()],
      [linus, grace.id],
      [linus, margaret.id],
    ] as const) {
      await refuses(stack, grace, group.id, [ada, linus], () => removeFrom(by, group.id, id), "forbidden");
    }
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `DELETE /v1/chat/conversations/${id}/participants/${linus.id}`,
  );
});

describe("409", () => {
  it("direct_conversation_immutable, for oneself too", async () => {
    const { ada, grace, stack } = workspace;
    const direct = await directBetween(ada, grace);
    for (const { id } of [ada, grace, linus]) {
      const call = () => removeFrom(ada, direct.id, id);
      await refuses(stack, grace, direct.id, [ada, grace], call, "direct_conversation_immutable");
    }
  });
});
