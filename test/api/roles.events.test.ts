import { describe, expect, it } from "vitest";
import { say } from "../harness/people.js";
import { type Frame, socketUrl, TestSocket } from "../harness/socket.js";
import { causeOf } from "../roles/causes.js";
import { type Fixture, sceneWithFormerMember, takesPart } from "../roles/fixture.js";
import { eventCases } from "../roles/operations.js";
import { receivedSoFar } from "../roles/received.js";
import { signedInRoles, useRoleWorkspace } from "../roles/role-workspace.js";

const workspace = useRoleWorkspace({ sessions: 2 });

/** A group of its own for each test; all that its making caused has been received. */
async function createFixture(): Promise<Fixture> {
  const made = await sceneWithFormerMember(workspace);
  const { id } = await say(workspace.players.owner.person, made.group, "is everybody here?");
  const isMark = (frame: Frame) => frame["type"] === "message.created" && frame["data"].message.id === id;
  for (const role of signedInRoles.filter((role) => takesPart.has(role))) {
    for (const socket of workspace.players[role].sockets) await socket.until(isMark, "the last of the preparations");
  }
  await receivedSoFar(workspace);
  return made;
}

const isOf = (type: string) => (frame: Frame) => frame["type"] === type;

describe("who receives", () => {
  // The others wait for the operation that causes them.
  it.each(eventCases)("$type: $name", async ({ type, name, received }) => {
    const fixture = await createFixture();
    await causeOf(type, name)({ workspace, fixture });
    for (const role of signedInRoles.filter((role) => received.includes(role))) {
      for (const socket of workspace.players[role].sockets) await socket.until(isOf(type), `${type} as ${role}`);
    }
    const all = await receivedSoFar(workspace);
    for (const role of signedInRoles) {
      const times = received.includes(role) ? 1 : 0;
      const counts = all[role].map((frames) => frames.filter(isOf(type)).length);
      expect([role, counts]).toEqual([role, [times, times]]);
    }
    // Users who take no part receive no event of any kind.
    for (const role of signedInRoles.filter((role) => !takesPart.has(role))) {
      expect([role, all[role]]).toEqual([role, [[], []]]);
    }
  });

  it("nothing, before it says who it is", async () => {
    const socket = new TestSocket(socketUrl(workspace.stack));
    await socket.until((frame) => frame["t"] === "hello", "hello");
    const made = await createFixture();
    const { id } = await say(workspace.players.owner.person, made.group, "for those who are signed in");
    await workspace.players.member.sockets[0]?.event("message.created", (frame) => frame["data"].message.id === id);
    expect(socket.frames.map((frame) => frame["t"])).toEqual(["hello"]);
    await socket.close();
  });
});
