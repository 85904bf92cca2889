import { beforeAll, describe, expect, it } from "vitest";
import { logIn, say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { withSockets } from "../harness/workspace.js";
import { type Cell, expectationOf, isOfSocket } from "../operations/contract.js";
import { inputOf, type RoleCase } from "../operations/row.js";
import { type CaseOf, casesOf } from "../operations/table.js";
import { byRest, bySocket, byTrpc, type Reply } from "../operations/transports.js";
import {
  absentFixture,
  canary,
  createFixture,
  createFixtureWithFormerMember,
  digestOf,
  type Fixture,
  subjectOf,
  takesPart,
} from "../roles/fixture.js";
import { nothingReceivedOn, receivedSoFar } from "../roles/received.js";
import { type Player, useRoleWorkspace } from "../roles/role-workspace.js";
import { type Role, roles } from "../roles/roles.js";

/** At length: every cell in every way. */
const isProof = process.env["VERO_PROVE"] === "1";

const workspace = useRoleWorkspace({ sessions: 1 });

type OperationCase = CaseOf<RoleCase<object>>;
const operationCases = casesOf("roles");

const transports = ["REST", "tRPC", "socket"] as const;
type Transport = (typeof transports)[number];

/** A socket is somebody's; and what is asked of the messaging service can be asked in every way. */
const transportsOf = ({ operation }: OperationCase, role: Role): readonly Transport[] => {
  if (!isOfSocket(operation)) return ["REST"];
  return role === "anonymous" ? ["REST", "tRPC"] : transports;
};

const playerOf = (role: Role): Player | undefined => (role === "anonymous" ? undefined : workspace.players[role]);

async function callAs(role: Role, transport: Transport, one: OperationCase, fixture: Fixture) {
  const { operation, row } = one;
  const player = playerOf(role);
  const staged = { ...fixture, player, workspace };
  const input = await inputOf(row, subjectOf(staged), staged, one.case);
  const person = player && row.endsSession ? await logIn(player.person) : player?.person;
  const door = { url: workspace.stack.url, token: person?.token };
  if (transport === "REST") return byRest(door, operation, input);
  if (transport === "tRPC" || player === undefined) return byTrpc(door, operation, input);
  const [open] = player.sockets;
  if (open !== undefined) return bySocket(open, operation, input);
  return withSockets(workspace.stack, [player.person], (socket) => bySocket(socket, operation, input));
}

/** Gets the code of the refusal, or of the only item that failed. */
const codeOf = ({ body }: Reply): unknown => body["code"] ?? (body["results"] as { code?: string }[])?.[0]?.code;

/** Without what differs from call to call, and with the ids of the ghost for those of the fixture. */
function comparable({ status, body }: Reply, fixture: Fixture, ghost: Fixture): object {
  let text = JSON.stringify({ ...body, request_id: "" });
  for (const [name, id] of Object.entries(fixture)) {
    if (typeof id === "string") text = text.replaceAll(id, ghost[name as keyof Fixture] as string);
  }
  return { status, body: JSON.parse(text) };
}

const isMissing = (cell: Cell): boolean => /(_not_found|unknown_users)$/.test(cell);

/** The answer is the cell's, and reveals to those who do not take part nothing of what is sent. */
async function expectCell(role: Role, transport: Transport, one: OperationCase, fixture: Fixture): Promise<Reply> {
  const answer = await callAs(role, transport, one, fixture);
  const { status, code } = expectationOf(one.case.answers[role], one.operation);
  const answered = { role, transport, status: answer.status, code: codeOf(answer) };
  expect(answered, JSON.stringify(answer.body)).toEqual({ role, transport, status, code });
  if (!takesPart.has(role)) expect(JSON.stringify(answer.body)).not.toContain(canary);
  return answer;
}

/** It is refused in every way with the same words; what is not there for the role as what does not exist. */
async function expectRefusal(role: Role, one: OperationCase, fixture: Fixture): Promise<void> {
  const ghost = absentFixture();
  const [first, ...others] = transportsOf(one, role);
  const answer = comparable(await expectCell(role, first ?? "REST", one, fixture), fixture, ghost);
  for (const transport of others) {
    expect(comparable(await expectCell(role, transport, one, fixture), fixture, ghost)).toEqual(answer);
  }
  if (takesPart.has(role) || !isMissing(one.case.answers[role])) return;
  const unknown = await callAs(role, first ?? "REST", one, ghost);
  expect(answer).toEqual(comparable(unknown, fixture, ghost));
}

const rolesWith = ({ case: { answers } }: OperationCase, isAllowed: boolean): Role[] =>
  roles.filter((role) => (answers[role] === "ok") === isAllowed);

describe("whoever is refused", () => {
  let fixture: Fixture;
  let before: object;
  beforeAll(async () => {
    fixture = await createFixtureWithFormerMember(workspace);
    await fixture.media();
    // Nothing of the preparations is received later.
    const { id } = await say(workspace.players.owner.person, fixture.group, "is everybody here?");
    for (const role of takesPart) {
      for (const socket of playerOf(role)?.sockets ?? []) {
        await socket.event("message.created", (frame: Frame) => frame["data"].message.id === id);
      }
    }
    await receivedSoFar(workspace);
    before = await digestOf(workspace, fixture);
  });

  it.each(operationCases.filter((one) => rolesWith(one, false).length > 0))("$operation: $name", async (one) => {
    for (const role of rolesWith(one, false)) await expectRefusal(role, one, fixture);
    // Nothing has changed, and nobody has been notified of anything.
    expect(await digestOf(workspace, fixture)).toEqual(before);
    expect(await receivedSoFar(workspace)).toEqual(nothingReceivedOn(1));
  });
});

describe("whoever is allowed", () => {
  let lasting: Fixture;
  beforeAll(async () => {
    lasting = await createFixtureWithFormerMember(workspace);
    // From here on only those listen who call.
    for (const { sockets } of Object.values(workspace.players))
      for (const socket of sockets.splice(0)) await socket.close();
  });

  /** Says whether an operation takes something out of a fixture, which then cannot serve for the next cell. */
  const spends = ({ operation }: OperationCase): boolean =>
    /^(conversations\.delete|participants\.(add|remove|update)|messages\.delete)$/.test(operation);

  const allowed = operationCases.filter((one) => rolesWith(one, true).length > 0);

  it.each(allowed.filter((one) => !spends(one)))("$operation: $name", async (one) => {
    for (const role of rolesWith(one, true)) {
      for (const transport of transportsOf(one, role)) await expectCell(role, transport, one, lasting);
    }
  });

  /** All of the ways for few roles; for many, one for each in turn, which is all of them too. */
  const waysOf = (one: OperationCase, role: Role): readonly Transport[] => {
    const [all, several] = [transportsOf(one, role), rolesWith(one, true)];
    const turn = (several.indexOf(role) + allowed.indexOf(one)) % all.length;
    return isProof || several.length < all.length ? all : all.slice(turn, turn + 1);
  };

  it.each(allowed.filter(spends))("$operation: $name", async (one) => {
    for (const role of rolesWith(one, true)) {
      for (const transport of waysOf(one, role)) await expectCell(role, transport, one, await createFixture(workspace));
    }
  });
});
