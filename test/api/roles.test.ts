import { beforeAll, describe, expect, it } from "vitest";
import { say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { withSockets } from "../harness/workspace.js";
import { type Player, useCast } from "../roles/cast.js";
import { heardSoFar, silence } from "../roles/hearing.js";
import {
  expectationOf,
  isOfSocket,
  isPending,
  type OperationCase,
  operationCases,
  procedureOf,
} from "../roles/operations.js";
import { askOf } from "../roles/requests.js";
import { type Cell, type Role, roles } from "../roles/roles.js";
import { canary, digestOf, ghostOf, type Scene, sceneOf, sceneWithFormerMember, takesPart } from "../roles/scene.js";
import { byRest, bySocket, byTrpc, type Reply } from "../roles/transports.js";

const cast = useCast();

const transports = ["REST", "tRPC", "socket"] as const;
type Transport = (typeof transports)[number];

/** A socket is somebody's, and only of the messaging service. */
const transportsOf = ({ operation }: OperationCase, role: Role): readonly Transport[] =>
  role !== "anonymous" && isOfSocket(operation) ? transports : ["REST", "tRPC"];

const playerOf = (role: Role): Player | undefined => (role === "anonymous" ? undefined : cast.players[role]);

async function callAs(role: Role, transport: Transport, { operation, name }: OperationCase, scene: Scene) {
  const player = playerOf(role);
  const { input, token = player?.person.token } = await askOf(operation, name)({ scene, player, cast });
  const door = { url: cast.stack.url, token };
  if (transport === "REST") return byRest(door, operation, input);
  if (transport === "tRPC" || player === undefined) return byTrpc(door, operation, input);
  const [open] = player.sockets;
  if (open !== undefined) return bySocket(open, operation, input);
  return withSockets(cast.stack, [player.person], (socket) => bySocket(socket, operation, input));
}

/** Of the refusal, or of the one thing asked for that failed. */
const codeOf = ({ body }: Reply): unknown => body["code"] ?? (body["results"] as { code?: string }[])?.[0]?.code;

/** Without what differs from call to call, and with the ids of the ghost for those of the scene. */
function comparable({ status, body }: Reply, scene: Scene, ghost: Scene): object {
  let text = JSON.stringify({ ...body, request_id: "" });
  for (const [name, id] of Object.entries(scene)) {
    if (typeof id === "string") text = text.replaceAll(id, ghost[name as keyof Scene] as string);
  }
  return { status, body: JSON.parse(text) };
}

const isMissing = (cell: Cell): boolean => /(_not_found|unknown_users)$/.test(cell);

/** The answer is the cell's; what is not there for the role is answered as what does not exist. */
async function expectCell(role: Role, transport: Transport, one: OperationCase, scene: Scene): Promise<void> {
  const cell = one.row[role];
  const answer = await callAs(role, transport, one, scene);
  const { status, code } = expectationOf(cell, one.operation);
  const said = { role, transport, status: answer.status, code: codeOf(answer) };
  expect(said, JSON.stringify(answer.body)).toEqual({ role, transport, status, code });
  if (takesPart.has(role)) return;
  expect(JSON.stringify(answer.body)).not.toContain(canary);
  if (!isMissing(cell)) return;
  const ghost = ghostOf();
  const unknown = await callAs(role, transport, one, ghost);
  expect(comparable(answer, scene, ghost)).toEqual(comparable(unknown, scene, ghost));
}

const here = operationCases.filter(({ operation }) => !isPending(operation));
const rolesWith = ({ row }: OperationCase, isAllowed: boolean): Role[] =>
  roles.filter((role) => (row[role] === "ok") === isAllowed);

describe("whoever is refused", () => {
  it.each(operationCases.filter(({ operation }) => isPending(operation)))(
    "$operation: $name, because it is not there yet",
    async (one) => {
      const ghost = ghostOf();
      for (const role of ["owner", "anonymous"] as const) {
        for (const transport of transportsOf(one, role)) {
          const { status } = await callAs(role, transport, one, ghost);
          expect([role, transport, status]).toEqual([role, transport, role === "anonymous" ? 401 : 501]);
        }
      }
    },
  );

  let scene: Scene;
  let before: object;
  beforeAll(async () => {
    scene = await sceneWithFormerMember(cast);
    if (!isPending("media.confirm")) await scene.media();
    // Nothing of the preparations is heard later.
    const { id } = await say(cast.players.owner.person, scene.group, "is everybody here?");
    for (const role of takesPart) {
      for (const socket of playerOf(role)?.sockets ?? []) {
        await socket.event("message.created", (frame: Frame) => frame["data"].message.id === id);
      }
    }
    await heardSoFar(cast);
    before = await digestOf(cast, scene);
  });

  it.each(here.filter((one) => rolesWith(one, false).length > 0))("$operation: $name", async (one) => {
    for (const role of rolesWith(one, false)) {
      for (const transport of transportsOf(one, role)) await expectCell(role, transport, one, scene);
    }
    // Nothing has changed, and nobody has heard of anything.
    expect(await digestOf(cast, scene)).toEqual(before);
    expect(await heardSoFar(cast)).toEqual(silence);
  });
});

describe("whoever is allowed", () => {
  let lasting: Scene;
  beforeAll(async () => {
    lasting = await sceneWithFormerMember(cast);
    // From here on only those listen who call.
    for (const { sockets } of Object.values(cast.players)) for (const socket of sockets.splice(0)) await socket.close();
  });

  /** What somebody changes must not be there for the next cell. */
  const changes = ({ operation }: OperationCase): boolean =>
    procedureOf(operation).kind === "mutation" && /^(conversations\.(?!create)|participants|messages)/.test(operation);

  it.each(here.filter((one) => rolesWith(one, true).length > 0))("$operation: $name", async (one) => {
    for (const role of rolesWith(one, true)) {
      for (const transport of transportsOf(one, role)) {
        await expectCell(role, transport, one, changes(one) ? await sceneOf(cast) : lasting);
      }
    }
  });
});
