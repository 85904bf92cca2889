import { describe, expect, it } from "vitest";
import { say } from "../harness/people.js";
import { type Frame, socketUrl, TestSocket } from "../harness/socket.js";
import { signedInRoles, useCast } from "../roles/cast.js";
import { causeOf } from "../roles/causes.js";
import { heardSoFar } from "../roles/hearing.js";
import { eventCases } from "../roles/operations.js";
import { type Scene, sceneWithFormerMember, takesPart } from "../roles/scene.js";

const cast = useCast({ sessions: 2 });

/** A group of its own for each test; all that its making caused has been heard. */
async function stage(): Promise<Scene> {
  const made = await sceneWithFormerMember(cast);
  const { id } = await say(cast.players.owner.person, made.group, "is everybody here?");
  const isMark = (frame: Frame) => frame["type"] === "message.created" && frame["data"].message.id === id;
  for (const role of signedInRoles.filter((role) => takesPart.has(role))) {
    for (const socket of cast.players[role].sockets) await socket.until(isMark, "the last of the preparations");
  }
  await heardSoFar(cast);
  return made;
}

const isOf = (type: string) => (frame: Frame) => frame["type"] === type;

describe("who hears", () => {
  // The others wait for the operation that causes them.
  it.each(eventCases)("$type: $name", async ({ type, name, heard }) => {
    const scene = await stage();
    await causeOf(type, name)({ cast, scene });
    for (const role of signedInRoles.filter((role) => heard.includes(role))) {
      for (const socket of cast.players[role].sockets) await socket.until(isOf(type), `${type} as ${role}`);
    }
    const all = await heardSoFar(cast);
    for (const role of signedInRoles) {
      const times = heard.includes(role) ? 1 : 0;
      const counts = all[role].map((frames) => frames.filter(isOf(type)).length);
      expect([role, counts]).toEqual([role, [times, times]]);
    }
    // Whoever takes no part hears nothing at all, of whatever kind.
    for (const role of signedInRoles.filter((role) => !takesPart.has(role))) {
      expect([role, all[role]]).toEqual([role, [[], []]]);
    }
  });

  it("nothing, before it says who it is", async () => {
    const socket = new TestSocket(socketUrl(cast.stack));
    await socket.until((frame) => frame["t"] === "hello", "hello");
    const made = await stage();
    const { id } = await say(cast.players.owner.person, made.group, "for those who are signed in");
    await cast.players.member.sockets[0]?.event("message.created", (frame) => frame["data"].message.id === id);
    expect(socket.frames.map((frame) => frame["t"])).toEqual(["hello"]);
    await socket.close();
  });
});
