import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { pathsOf } from "../harness/accounts.js";
import { removeFrom, setRole } from "../harness/actions.js";
import {
  changesNothing,
  conversationOf,
  outlineOf,
  participantsOf,
  receivedUntilNow,
  refuses,
  withoutPresence,
} from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person } from "../harness/people.js";
import { historyOf, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let linus: Person;
let group: Conversation;
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus ??= await invite(stack, ada, "Linus");
  group = await groupOf(grace, [linus, ada]);
});

const rolesOf = async (person: Person): Promise<Record<string, string>> =>
  Object.fromEntries((await participantsOf(person, group.id)).map(({ user, role }) => [user.id, role]));

describe("200", () => {
  it("makes an admin of a member and a member of an admin, and says nothing in the conversation", async () => {
    const { ada, grace } = workspace;
    for (const [role, change] of [
      ["admin", 1],
      ["member", 3],
    ] as const) {
      const { status, body } = await setRole(grace, group.id, linus.id, role);
      expect(status).toBe(200);
      expect(body).toMatchObject({ user: { id: linus.id, display_name: "Linus" }, role, last_read_seq: 0 });
      expect((await participantsOf(ada, group.id)).find(({ user }) => user.id === linus.id)).toEqual(
        withoutPresence(body),
      );
      expect((await conversationOf(linus, group.id)).me.role).toBe(role);
      expect((await conversationOf(linus, group.id)).last_change_seq).toBe(change + 1);
    }
    expect(await historyOf(ada, group.id)).toEqual([]);
  });

  it("sends an event to every participant, with what they may do from now on", async () => {
    const { ada, grace, outsider, stack } = workspace;
    await withSockets(stack, [grace, grace, linus, ada, outsider], async (...sockets) => {
      const participant = withoutPresence((await setRole(grace, group.id, linus.id, "admin")).body);
      const listeners = [grace, grace, linus, ada];
      const received = sockets.slice(0, 4);
      for (const [index, socket] of received.entries()) {
        const updated = await socket.event("conversation.updated");
        expect(withoutPresence(updated["data"].conversation)).toEqual(
          await conversationOf(listeners[index] as Person, group.id),
        );
        expect(withoutPresence((await socket.event("participant.updated"))["data"])).toEqual({ participant });
      }
      const capabilities = received[2]?.events("conversation.updated")[0]?.["data"].conversation.me.capabilities;
      expect(capabilities.sort()).toEqual([
        "add_participants",
        "delete_any_message",
        "leave",
        "remove_participants",
        "send",
        "update",
      ]);
      for (const events of await receivedUntilNow(grace, group.id, received)) {
        expect(outlineOf(events)).toEqual([
          ["participant.updated", 1],
          ["conversation.updated", 2],
        ]);
      }
      const own = await groupOf(outsider, []);
      await sockets[4]?.event("conversation.created", (frame) => frame["conversation_id"] === own.id);
      expect(sockets[4]?.events()).toHaveLength(1);
    });
  });

  it("hands ownership over: who had it is an admin, and each of the two changes is an event", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [grace, linus, ada], async (...sockets) => {
      const { body } = await setRole(grace, group.id, linus.id, "owner");
      expect(body).toMatchObject({ user: { id: linus.id }, role: "owner" });
      for (const socket of sockets) await socket.event("conversation.updated");
      for (const received of await receivedUntilNow(ada, group.id, sockets)) {
        expect(outlineOf(received)).toEqual([
          ["participant.updated", 1],
          ["participant.updated", 2],
          ["conversation.updated", 3],
        ]);
        expect(received[0]?.["data"].participant).toEqual(withoutPresence(body));
        expect(received[1]?.["data"].participant).toMatchObject({ user: { id: grace.id }, role: "admin" });
      }
      const [old, now] = sockets.map((socket) => socket.events("conversation.updated")[0]?.["data"].conversation.me);
      expect([old.role, now.role]).toEqual(["admin", "owner"]);
      expect(now.capabilities).toEqual(expect.arrayContaining(["update_participants", "delete_for_everyone"]));
      expect(old.capabilities).not.toContain("update_participants");
    });
    expect(await rolesOf(ada)).toEqual({ [grace.id]: "admin", [linus.id]: "owner", [ada.id]: "member" });
    expect((await setRole(linus, group.id, grace.id, "member")).status).toBe(200);
  });

  it("leaves one owner when ownership is handed to two at once", async () => {
    const { ada, grace } = workspace;
    const answers = await Promise.all([linus, ada].map(({ id }) => setRole(grace, group.id, id, "owner")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    const roles = Object.values(await rolesOf(grace));
    expect(roles.sort()).toEqual(["admin", "member", "owner"]);
  });

  it("changes nothing, and notifies nobody, when the role is that already", async () => {
    const { ada, grace, stack } = workspace;
    await changesNothing(stack, grace, group.id, [grace, linus], async () => {
      for (const [person, role] of [
        [linus, "member"],
        [grace, "owner"],
        [ada, "member"],
      ] as const) {
        const { status, body } = await setRole(grace, group.id, person.id.toUpperCase(), role);
        expect([status, body.user.id, body.role]).toEqual([200, person.id, role]);
      }
    });
  });

  it("is there on the socket", async () => {
    const { grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const d = { id: group.id, userId: linus.id, role: "admin" };
      const answer = await socket.request("participants.update", d);
      expect(answer).toMatchObject({ ok: true, d: { role: "admin", user: { id: linus.id } } });
      expect((await rolesOf(linus))[linus.id]).toBe("admin");
    });
  });
});

describe("400", () => {
  it.each([
    ["no role", {}, ["role"]],
    ["another role", { role: "guest" }, ["role"]],
    ["null", { role: null }, ["role"]],
    ["an unknown field", { role: "admin", last_read_seq: 5 }, ["last_read_seq"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const { grace, stack } = workspace;
    const call = async () => {
      const answer = await grace.call<object>(`PATCH /v1/chat/conversations/${group.id}/participants/${linus.id}`, {
        body,
      });
      expect(pathsOf(answer)).toEqual(paths);
      return answer;
    };
    await refuses(stack, grace, group.id, [grace, linus], call, "validation_failed");
  });
});

describe("403", () => {
  it("forbidden for members and admins, of others and of themselves, also for who runs the workspace", async () => {
    const { ada, grace, stack } = workspace;
    await setRole(grace, group.id, linus.id, "admin");
    for (const by of [linus, ada]) {
      for (const target of [grace, linus, ada]) {
        const call = () => setRole(by, group.id, target.id, "owner");
        await refuses(stack, grace, group.id, [grace, linus, ada], call, "forbidden");
      }
    }
  });

  it("forbidden for the owner to step down without an heir", async () => {
    const { grace, stack } = workspace;
    for (const role of ["admin", "member"]) {
      const call = () => setRole(grace, group.id, grace.id, role);
      await refuses(stack, grace, group.id, [grace, linus], call, "forbidden");
    }
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `PATCH /v1/chat/conversations/${id}/participants/${workspace.ada.id}`,
    { body: { role: "admin" } },
  );

  it("participant_not_found for whoever is not here, or not any more", async () => {
    const { grace, outsider, stranger, stack } = workspace;
    await removeFrom(grace, group.id, linus.id);
    for (const id of [randomUUID(), outsider.id, stranger.id, linus.id]) {
      const call = () => setRole(grace, group.id, id, "admin");
      await refuses(stack, grace, group.id, [grace], call, "participant_not_found");
    }
  });
});

describe("409", () => {
  it("direct_conversation_immutable", async () => {
    const { ada, grace, stack } = workspace;
    const direct = await directBetween(ada, grace);
    for (const target of [ada, grace]) {
      const call = () => setRole(ada, direct.id, target.id, "admin");
      await refuses(stack, ada, direct.id, [ada, grace], call, "direct_conversation_immutable");
    }
  });
});
