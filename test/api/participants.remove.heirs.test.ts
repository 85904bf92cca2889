import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { addTo, removeFrom, setRole } from "../harness/actions.js";
import { conversationOf, outlineOf, participantsOf, receivedUntilNow } from "../harness/observe.js";
import { groupOf, invite, type Person } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let linus: Person;
let margaret: Person;
let group: Conversation;
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  margaret = await invite(stack, ada, "Margaret");
  group = await groupOf(grace, [ada, linus]);
});

const rolesOf = async (person: Person): Promise<[string, string][]> =>
  (await participantsOf(person, group.id)).map(({ user, role }) => [user.display_name, role]);

const deactivate = async (person: Person): Promise<void> => {
  const answer = await workspace.ada.call(`PATCH /auth/members/${person.id}`, { body: { deactivated: true } });
  expect(answer.status).toBe(200);
};

describe("204", () => {
  it("passes over who is deactivated, admin or not, as long as there is somebody else", async () => {
    const { ada, grace } = workspace;
    await setRole(grace, group.id, linus.id, "admin");
    await deactivate(linus);
    expect((await setRole(grace, group.id, linus.id, "owner")).status).toBe(403);
    await removeFrom(grace, group.id, grace.id);
    expect(await rolesOf(ada)).toEqual([
      ["Ada", "owner"],
      ["Linus", "admin"],
    ]);
  });

  it("hands a leaving owner's role to the longest-standing admin, before members who have been there longer", async () => {
    const { ada, grace, stack } = workspace;
    await addTo(grace, group.id, [margaret.id]);
    const late = await invite(stack, ada, "Late");
    await addTo(grace, group.id, [late.id], { role: "admin" });
    await setRole(grace, group.id, margaret.id, "admin");
    const { last_change_seq: n } = await conversationOf(ada, group.id);
    await withSockets(stack, [margaret, ada], async (...sockets) => {
      expect((await removeFrom(grace, group.id, grace.id)).status).toBe(204);
      for (const socket of sockets) {
        expect((await socket.event("participant.updated"))["data"].participant).toMatchObject({
          user: { id: margaret.id },
          role: "owner",
        });
        await socket.event("conversation.updated");
      }
      for (const received of await receivedUntilNow(ada, group.id, sockets)) {
        expect(outlineOf(received)).toEqual([
          ["participant.removed", n + 1],
          ["participant.updated", n + 2],
          ["message.created", n + 3],
          ["conversation.updated", n + 4],
        ]);
      }
      const { me } = sockets[0]?.events("conversation.updated")[0]?.["data"].conversation ?? {};
      expect(me).toMatchObject({ role: "owner", capabilities: expect.arrayContaining(["update_participants"]) });
    });
    expect(new Map(await rolesOf(ada))).toEqual(
      new Map([
        ["Ada", "member"],
        ["Linus", "member"],
        ["Margaret", "owner"],
        ["Late", "admin"],
      ]),
    );
  });

  it("hands it to the longest-standing member where there is no admin", async () => {
    const { grace } = workspace;
    // The one with the lower id comes later.
    group = await groupOf(grace, [margaret]);
    await addTo(grace, group.id, [linus.id]);
    await removeFrom(grace, group.id, grace.id);
    expect(await rolesOf(linus)).toEqual([
      ["Margaret", "owner"],
      ["Linus", "member"],
    ]);
    expect((await conversationOf(margaret, group.id)).me.role).toBe("owner");
  });
});
