import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { TestProxy } from "../../packages/db/test/proxy.js";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { createWorkspace, invite, type Person } from "../harness/people.js";
import { type AppProcess, startApp } from "../harness/process.js";
import { connect, type TestSocket } from "../harness/socket.js";

const secret = "a secret for tests, of more than enough characters";

let database: TestDatabase;
let proxy: TestProxy;
let objects: string;
/** Those that clients reach come first. */
let processes: AppProcess[];
let people: Person[];
let sockets: TestSocket[];

beforeEach(async () => {
  processes = [];
  database = await createDatabase();
  proxy = new TestProxy(database.url);
  await proxy.open();
  objects = await mkdtemp(join(tmpdir(), "vero-objects-"));
  const env = {
    DATABASE_URL: proxy.url,
    VERO_SECRET: secret,
    VERO_PUBLIC_URL: "http://vero.test",
    VERO_OBJECTS_DIR: objects,
    VERO_RATE_LIMITS: "off",
    VERO_LOG_LEVEL: "warn",
  };
  if (inject("arrangement") === "standalone") processes = [await startApp("standalone", env)];
  else {
    processes = [await startApp("msgsrv", env)];
    processes.unshift(await startApp("gateway", { ...env, MSGSRV_URL: processes[0]?.url ?? "" }));
  }
  const stack = { url: processes[0]?.url ?? "", database, secret, issuer: env.VERO_PUBLIC_URL, objects };
  const running = { ...stack, logged: [], repeating: [], close: async () => {} };
  const ada = await createWorkspace(running, "Ada");
  people = [ada, await invite(running, ada, "Grace")];
  sockets = await Promise.all(people.map((person) => connect(running, person)));
});
afterEach(async () => {
  for (const one of processes) await one.end("SIGKILL");
  await proxy.close();
  await database.drop();
  await rm(objects, { recursive: true });
});

/** Exit codes of all processes, which are asked at the same moment. */
const stopAll = (): Promise<(number | null)[]> => Promise.all(processes.map((one) => one.end("SIGTERM")));

/** How often each step that did not end in good order is logged, in all processes. */
function loggedSteps(): Record<string, number>[] {
  return processes.map((one) => {
    const steps = one.lines().flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)["step"]] : []));
    const names = steps.filter((step) => step !== undefined);
    return Object.fromEntries(names.map((name) => [name, names.filter((other) => other === name).length]));
  });
}

const farewell = { code: 4000, reason: "drain" };

it.each([
  ["refuses connections", () => proxy.close()],
  ["hangs", async () => proxy.freeze()],
])(
  "SIGTERM: where the database %s, sockets are closed with 4000 and each process ends in time with exit code 0",
  async (_, lose) => {
    await lose();
    const stopping = stopAll();
    expect(await Promise.all(sockets.map((socket) => socket.closed))).toEqual(sockets.map(() => farewell));
    expect(await stopping).toEqual(processes.map(() => 0));
    const steps = loggedSteps();
    expect(steps.at(-1)).toMatchObject({ presence: 1 });
    for (const counts of steps) for (const count of Object.values(counts)) expect(count).toBe(1);
  },
);

it("SIGTERM: where the database is there, no socket of the process stays marked as open", async () => {
  // Its departure was lost, as when the database was away for a moment.
  const [left] = await database.sql`
    insert into connections (tenant_id, user_id, id, node_id, expires_at)
    select tenant_id, user_id, ${randomUUID()}, node_id, now() + interval '1 hour' from connections limit 1
    returning id`;
  expect(await stopAll()).toEqual(processes.map(() => 0));
  expect(await Promise.all(sockets.map((socket) => socket.closed))).toEqual(sockets.map(() => farewell));
  expect(await database.sql`select id from connections where is_open`).toEqual([]);
  expect(await database.sql`select id from connections where id = ${left?.["id"]}`).toHaveLength(1);
  expect(loggedSteps()).toEqual(processes.map(() => ({})));
});
