import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { pathsOf } from "../harness/accounts.js";
import { addTo, setRole } from "../harness/actions.js";
import { crowdOf } from "../harness/bulk.js";
import {
  changesNothing,
  conversationOf,
  listedBy,
  outlineOf,
  participantsOf,
  receivedUntilNow,
  refuses,
  withoutPresence,
} from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let [linus, margaret]: Person[] = [];
let group: Conversation;
let _before: Message[];
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  margaret = await invite(stack, ada, "Margaret");
  group = await groupOf(grace, [ada]);
  _before = [await say(grace, group.id, "one"), await say(ada, group.id, "two")];
});

const newcomers = () => [linus as Person, margaret as Person];
const idsOf = (people: readonly (Person | undefined)[]) => people.map((person) => person?.id as string);

describe("200", () => {
  it("answers who was added and who was there already, and lists them", async () => {
    const { ada, grace } = workspace;
    const ids = [...idsOf(newcomers()), ada.id, (linus as Person).id.toUpperCase(), grace.id];
    const { status, body } = await addTo(grace, group.id, ids);
    expect(status).toBe(200);
    expect(body).toMatchObject({ already: [ada.id, grace.id], skipped: [] });
    expect(body.added.map(({ user }) => user.display_name).sort()).toEqual(["Linus", "Margaret"]);
    for (const added of body.added) {
      expect(added).toEqual({ user: added.user, role: "member", joined_at: expect.any(String), last_read_seq: 2 });
      expect(await participantsOf(ada, group.id)).toContainEqual(withoutPresence(added));
    }
    expect(await conversationOf(ada, group.id)).toMatchObject({
      participant_count: 4,
      last_change_seq: 5,
      last_seq: 3,
    });
    expect((await historyOf(ada, group.id)).at(-1)).toMatchObject({
      type: "system",
      sender_id: grace.id,
      text: null,
      system: { kind: "participants_added", user_ids: idsOf(newcomers()), name: null },
    });
    expect((await conversationOf(ada, group.id)).me.unread_count).toBe(0);
  });

  it("sends those who were there events of the people, the message and the conversation; the new ones of the conversation", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const listeners = [ada, grace, grace, ...newcomers(), ...newcomers()];
    await withSockets(stack, [...listeners, outsider], async (...sockets) => {
      const { body } = await addTo(grace, group.id, idsOf(newcomers()));
      const seen = await Promise.all(listeners.map((person) => conversationOf(person, group.id)));
      const message = (await historyOf(ada, group.id)).at(-1);
      for (const socket of sockets.slice(0, 3)) await socket.event("conversation.updated");
      const all = await receivedUntilNow(ada, group.id, sockets.slice(0, -1));
      for (const [index, received] of all.entries()) {
        const conversation = seen[index];
        const isNew = index > 2;
        expect(outlineOf(received)).toEqual(
          isNew
            ? [["conversation.created", 5]]
            : [
                ["participant.added", 3],
                ["message.created", 4],
                ["conversation.updated", 5],
              ],
        );
        expect(received.map(({ data }) => data)).toEqual(
          isNew ? [{ conversation }] : [{ participants: withoutPresence(body.added) }, { message }, { conversation }],
        );
      }
      const own = await groupOf(outsider, []);
      await sockets.at(-1)?.event("conversation.created", (frame) => frame["conversation_id"] === own.id);
      expect(sockets.at(-1)?.events()).toHaveLength(1);
    });
  });

  it("gives the role asked for; admins add people too", async () => {
    const { ada, grace } = workspace;
    await setRole(grace, group.id, ada.id, "admin");
    const { body } = await addTo(ada, group.id, idsOf([linus]), { role: "admin" });
    expect(body.added).toMatchObject([{ role: "admin" }]);
    expect((await conversationOf(linus as Person, group.id)).me.role).toBe("admin");
    expect((await addTo(linus as Person, group.id, idsOf([margaret]))).body.added).toHaveLength(1);
  });

  it("changes nothing, and notifies nobody, when all are here already", async () => {
    const { ada, grace, stack } = workspace;
    await changesNothing(stack, ada, group.id, [ada, grace], async () => {
      const { body } = await addTo(grace, group.id, [ada.id, grace.id, ada.id], { role: "admin" });
      expect(body).toEqual({ added: [], already: [ada.id, grace.id], skipped: [] });
    });
  });

  it("adds each once when many ask at once", async () => {
    const { ada, grace } = workspace;
    const answers = await Promise.all(upTo(10).map(() => addTo(grace, group.id, idsOf(newcomers()))));
    expect(answers.map(({ body }) => body.added.length).sort()).toEqual([...upTo(9).map(() => 0), 2]);
    expect(await conversationOf(ada, group.id)).toMatchObject({
      participant_count: 4,
      last_seq: 3,
      last_change_seq: 5,
    });
  });

  it("is there on the socket", async () => {
    const { grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const answer = await socket.request("participants.add", { id: group.id, user_ids: idsOf([linus]) });
      expect(answer).toMatchObject({ ok: true, d: { added: [{ user: { id: linus?.id } }] } });
      expect(await listedBy(linus as Person)).toEqual([group.id]);
    });
  });
});

describe("400", () => {
  it.each([
    ["nobody", { user_ids: [] }, ["user_ids"]],
    ["no list", {}, ["user_ids"]],
    ["101 people", { user_ids: upTo(101).map(() => randomUUID()) }, ["user_ids"]],
    ["what is no id", { user_ids: ["linus"] }, ["user_ids.0"]],
    ["an owner", { user_ids: [randomUUID()], role: "owner" }, ["role"]],
    ["another history", { user_ids: [randomUUID()], history: "none" }, ["history"]],
    ["unknown fields", { user_ids: [randomUUID()], visible_from_seq: 0 }, ["visible_from_seq"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const { ada, grace, stack } = workspace;
    const call = async () => {
      const answer = await grace.call<object>(`POST /v1/chat/conversations/${group.id}/participants`, { body });
      expect(pathsOf(answer)).toEqual(paths);
      return answer;
    };
    await refuses(stack, ada, group.id, [ada, grace], call, "validation_failed");
  });

  it("unknown_users names each by its position: unknown, of another workspace, deactivated; nobody is added", async () => {
    const { ada, grace, stranger, stack } = workspace;
    await ada.call(`PATCH /auth/members/${margaret?.id}`, { body: { deactivated: true } });
    const ids = [randomUUID(), ...idsOf([linus]), stranger.id, ...idsOf([margaret])];
    const call = async () => {
      const answer = await addTo(grace, group.id, ids);
      expect(pathsOf(answer)).toEqual(["user_ids.0", "user_ids.2", "user_ids.3"]);
      return answer;
    };
    await refuses(stack, ada, group.id, [ada, grace], call, "unknown_users");
    expect(await listedBy(linus as Person)).toEqual([]);
  });
});

describe("403", () => {
  it("forbidden for plain members, also who runs the workspace", async () => {
    const { ada, grace, stack } = workspace;
    const call = () => addTo(ada, group.id, idsOf([linus]));
    await refuses(stack, grace, group.id, [ada, grace, linus as Person].slice(0, 2), call, "forbidden");
    expect(await listedBy(linus as Person)).toEqual([]);
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `POST /v1/chat/conversations/${id}/participants`,
    { body: { user_ids: [randomUUID()] } },
  );
});

describe("409", () => {
  it("direct_conversation_immutable", async () => {
    const { ada, grace, stack } = workspace;
    const direct = await directBetween(ada, grace);
    const call = () => addTo(ada, direct.id, idsOf([linus]));
    await refuses(stack, grace, direct.id, [ada, grace], call, "direct_conversation_immutable");
  });

  it("participant_limit beyond 501, whoever they are; up to there a hundred at a time", async () => {
    const { ada, grace, stack } = workspace;
    const crowd = await crowdOf(stack, ada, 499);
    for (const start of [0, 100, 200, 300]) {
      const { body } = await addTo(grace, group.id, crowd.slice(start, start + 100));
      expect(body.added).toHaveLength(100);
    }
    await addTo(grace, group.id, crowd.slice(400, 498));
    const last = [crowd[498] as string, (linus as Person).id];
    await refuses(stack, ada, group.id, [ada], () => addTo(grace, group.id, last), "participant_limit");
    expect((await addTo(grace, group.id, [...last.slice(0, 1), ada.id])).body.added).toHaveLength(1);
    expect((await conversationOf(ada, group.id)).participant_count).toBe(501);
    await refuses(stack, ada, group.id, [ada], () => addTo(grace, group.id, last), "participant_limit");
    expect((await addTo(grace, group.id, [ada.id])).body.already).toEqual([ada.id]);
  });
});
