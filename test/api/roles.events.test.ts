import { type EventType, events } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { say } from "../harness/people.js";
import { type Frame, socketUrl, TestSocket } from "../harness/socket.js";
import { inputOf, type ReceivedCase } from "../operations/row.js";
import { type CaseOf, casesOf } from "../operations/table.js";
import { byRest } from "../operations/transports.js";
import { createFixtureWithFormerMember, type Fixture, subjectOf, takesPart } from "../roles/fixture.js";
import { receivedSoFar } from "../roles/received.js";
import { signedInRoles, useRoleWorkspace } from "../roles/role-workspace.js";
import type { Role } from "../roles/roles.js";

const workspace = useRoleWorkspace({ sessions: 2 });

/** A group of its own for each case; all that its making caused has been received. */
async function createFixture(): Promise<Fixture> {
  const made = await createFixtureWithFormerMember(workspace);
  const { id } = await say(workspace.players.owner.person, made.group, "is everybody here?");
  const isMark = (frame: Frame) => frame["type"] === "message.created" && frame["data"].message.id === id;
  for (const role of signedInRoles.filter((role) => takesPart.has(role))) {
    for (const socket of workspace.players[role].sockets) await socket.until(isMark, "the last of the preparations");
  }
  await receivedSoFar(workspace);
  return made;
}

const isOf = (type: string) => (frame: Frame) => frame["type"] === type;

type Case = CaseOf<ReceivedCase<object>>;

async function cause({ operation, row, case: one }: Case): Promise<void> {
  const fixture = await createFixture();
  if ("cause" in one) return one.cause({ ...fixture, player: undefined, workspace }).then(() => {});
  const player = workspace.players[one.by];
  const staged = { ...fixture, player, workspace };
  await one.prepare?.(staged);
  const input = await inputOf(row, subjectOf(staged), staged, one);
  const { status, body } = await byRest({ url: workspace.stack.url, token: player.person.token }, operation, input);
  expect(status >= 300, JSON.stringify(body)).toBe(one.isRefused ?? false);
}

const receiversOf = ({ receivers }: Case["case"]) => Object.entries(receivers) as [EventType, readonly Role[]][];

const recordings = new Map<Case["case"], ReturnType<typeof receivedSoFar>>();
/** Lists what everybody has received of a case; it is run once, however many events it causes. */
function recorded(one: Case): ReturnType<typeof receivedSoFar> {
  const record = async () => {
    await cause(one);
    for (const [type, receivers] of receiversOf(one.case)) {
      for (const role of signedInRoles.filter((role) => receivers.includes(role))) {
        for (const socket of workspace.players[role].sockets) await socket.until(isOf(type), `${type} as ${role}`);
      }
    }
    return receivedSoFar(workspace);
  };
  const recording = recordings.get(one.case) ?? record();
  recordings.set(one.case, recording);
  return recording;
}

describe("who receives", () => {
  const cases = casesOf("received").flatMap((one) =>
    receiversOf(one.case).map(([type, receivers]) => ({ type, receivers, ...one })),
  );

  it.each(cases)("$type of $operation: $name", async ({ type, receivers, ...one }) => {
    const all = await recorded(one);
    for (const role of signedInRoles) {
      const times = receivers.includes(role) ? 1 : 0;
      const counts = all[role].map((frames) => frames.filter(isOf(type)).length);
      expect([role, counts]).toEqual([role, [times, times]]);
    }
    // Users who take no part receive no event of any kind.
    for (const role of signedInRoles.filter((role) => !takesPart.has(role))) {
      expect([role, all[role]]).toEqual([role, [[], []]]);
    }
  });

  it("each event of the contract", () => {
    expect(new Set(cases.map(({ type }) => type))).toEqual(new Set(Object.keys(events)));
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
