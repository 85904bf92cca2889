import { readFileSync } from "node:fs";
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { waitFor, waitMs } from "../../../test/harness/waiting.js";
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from "../src/embedded/embedded.js";
import { DataDirInUseError, EmbeddedPostgresError } from "../src/embedded/errors.js";
import { checkOut, type Instance, programs, startIn } from "./embedded.checkout.js";

// As root the cluster must come to belong to somebody else; as an ordinary user, to that user.
const isRoot = process.geteuid?.() === 0;
const ordinary = isRoot ? { uid: 65534, gid: 65534 } : { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };

let base: string;
let checkout: string;
let dataDir: string;
const dataDirs: string[] = [];
const started: EmbeddedPostgres[] = [];
const instances: Instance[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "vero-embedded-"));
  await chmod(base, 0o755);
  // Nobody else may enter: as in a checkout below /root.
  checkout = join(base, "restricted");
  await mkdir(join(base, "copies"));
  await mkdir(checkout, { mode: 0o700 });
  await checkOut(checkout);
});

afterEach(async () => {
  for (const embedded of started.splice(0)) await embedded.stop();
  for (const instance of instances.splice(0)) await instance.end("SIGKILL");
  for (const folder of dataDirs.splice(0)) {
    const pid = await postmasterOf(folder);
    if (pid && alive(pid)) {
      process.kill(pid, "SIGQUIT");
      await waitFor(() => !alive(pid), "the server to end");
    }
  }
});

afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 5 }));

async function newDataDir(parent = checkout): Promise<string> {
  dataDir = await mkdtemp(join(parent, "data-"));
  dataDirs.push(dataDir);
  return dataDir;
}

const options = (): EmbeddedOptions => ({ dataDir, durable: false, copiesDir: join(base, "copies") });

async function start(more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  const embedded = await startEmbedded({ ...options(), ...more });
  started.push(embedded);
  return embedded;
}

function spawnInstance(folder = checkout, account = {}): Instance {
  const instance = startIn(folder, options(), account);
  instances.push(instance);
  return instance;
}

async function query<Row>(url: string, statement: string): Promise<Row | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: waitMs / 1_000, onnotice: () => {} });
  try {
    return (await sql.unsafe(statement))[0] as Row | undefined;
  } finally {
    await sql.end();
  }
}

async function postmasterOf(folder: string): Promise<number> {
  const content = await readFile(join(folder, "postgres", "postmaster.pid"), "utf8").catch(() => "");
  return Number(content.split("\n")[0]);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Ended, but whoever inherited it has not asked how yet.
    return !(process.platform === "linux" && readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z "));
  } catch {
    return false;
  }
}

test("a first start makes a cluster that only its password opens, a second one finds what was written", async () => {
  await newDataDir();
  const first = await start({ durable: true });
  const settings = await query(
    first.url,
    `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS commit, current_setting('listen_addresses') AS addresses,
            current_setting('TimeZone') AS zone, current_setting('jit') AS jit, upper('čé') AS upper,
            (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super`,
  );
  expect(settings).toEqual({
    encoding: "UTF8",
    fsync: "on",
    commit: "on",
    addresses: "127.0.0.1",
    zone: "UTC",
    jit: "off",
    upper: "ČÉ",
    super: false,
  });
  await query(first.url, "CREATE TABLE kept AS SELECT 1 AS one");
  const { password } = new URL(first.url);
  await expect(query(first.url.replace(password, "wrong"), "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  expect((await stat(join(dataDir, "postgres.password"))).mode & 0o777).toBe(0o600);
  await first.stop();
  expect((await readdir(dataDir)).sort()).toEqual(["postgres", "postgres.log", "postgres.password"]);
  expect(await postmasterOf(dataDir)).toBe(0);

  const second = await start({ durable: true });
  expect(await query(second.url, "SELECT one FROM kept")).toEqual({ one: 1 });
});

test("a server that dies is reported, and the next start recovers", async () => {
  await newDataDir();
  const errors: string[] = [];
  const log = { info() {}, warn() {}, error: (message: string) => errors.push(message) };
  const reason = new Promise<Error>((resolve) => {
    void start({ log, onExit: resolve, durable: true }).then(async ({ url }) => {
      await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
      process.kill(await postmasterOf(dataDir), "SIGKILL");
    });
  });
  expect(await reason).toBeInstanceOf(EmbeddedPostgresError);
  expect(errors).toHaveLength(1);
  const again = await start({ durable: true });
  expect(await query(again.url, "SELECT one FROM kept")).toEqual({ one: 1 });
});

test("when a process of the server crashes, the data folder stays ours", async () => {
  await newDataDir();
  let regained = () => {};
  const recovered = new Promise<void>((resolve) => {
    regained = resolve;
  });
  const embedded = await start({ log: { info() {}, warn: () => regained(), error() {} } });
  const sql = postgres(embedded.url, { max: 1 });
  const [backend] = await sql`SELECT pg_backend_pid() AS pid`;
  process.kill(backend?.["pid"], "SIGKILL");
  await recovered;
  await sql.end();
  await expect(start()).rejects.toBeInstanceOf(DataDirInUseError);
});

test("the server of a process that was killed is taken over", async () => {
  await newDataDir();
  const killed = spawnInstance();
  const { url } = await killed.report();
  const pid = await postmasterOf(dataDir);
  await killed.end("SIGKILL");
  const heir = await start();
  expect(heir.url).toBe(url);
  expect(await postmasterOf(dataDir)).toBe(pid);
  await heir.stop();
  expect(alive(pid)).toBe(false);
});

test("a server left behind that may lose what it acknowledged is replaced, not taken over", async () => {
  await newDataDir();
  const killed = spawnInstance();
  await killed.report();
  await killed.end("SIGKILL");
  const heir = await start({ durable: true });
  expect(await query(heir.url, "SHOW fsync")).toEqual({ fsync: "on" });
});

test("after everything was killed at once, a start succeeds, even when the number of the server was given away", async () => {
  await newDataDir();
  const killed = spawnInstance();
  await killed.report();
  const pid = await postmasterOf(dataDir);
  process.kill(pid, "SIGKILL");
  await killed.end("SIGKILL");
  await waitFor(() => !alive(pid), "the server to end");
  const file = join(dataDir, "postgres", "postmaster.pid");
  await writeFile(file, (await readFile(file, "utf8")).replace(/^\d+/, String(process.pid)));
  const again = await start();
  expect(await query(again.url, "SELECT 1 AS one")).toEqual({ one: 1 });
});

test("a process that exits without stopping takes its server with it", async () => {
  await newDataDir();
  const careless = spawnInstance();
  await careless.report();
  const pid = await postmasterOf(dataDir);
  await careless.end("SIGTERM");
  await waitFor(() => !alive(pid), "the server to end");
});

test("Ctrl-C reaches the process but not its server, which serves until it is stopped", async () => {
  await newDataDir();
  const instance = spawnInstance();
  await instance.report();
  const pid = await postmasterOf(dataDir);
  process.kill(-(instance.child.pid as number), "SIGINT");
  expect(await instance.report()).toEqual({ drained: 42 });
  expect(alive(pid)).toBe(false);
});

test("a second instance is refused, and the first one does not notice", async () => {
  await newDataDir();
  const first = await start();
  const second = await spawnInstance().report();
  expect(second.error).toBe("DataDirInUseError");
  expect(second.message).toContain(`Another Vero Chat is already running on ${dataDir}`);
  expect(await query(first.url, "SELECT 1 AS one")).toEqual({ one: 1 });
});

test("of simultaneous starts one wins and the others are refused, on an empty folder and on a cluster", async () => {
  await newDataDir();
  for (const round of ["empty", "cluster"]) {
    const racers = [spawnInstance(), spawnInstance(), spawnInstance()];
    const reports = await Promise.all(racers.map((racer) => racer.report()));
    const winners = reports.filter((report) => report.url);
    expect(winners, round).toHaveLength(1);
    expect(reports.filter((report) => report.error === "DataDirInUseError")).toHaveLength(2);
    expect(await query(winners[0]?.url ?? "", "SELECT 1 AS one")).toEqual({ one: 1 });
    const pid = await postmasterOf(dataDir);
    for (const racer of racers) await racer.end("SIGTERM");
    await waitFor(() => !alive(pid), "the server to end");
  }
});

test("a first start that was killed leaves nothing half made", async () => {
  await newDataDir();
  const killed = spawnInstance();
  await waitFor(async () => (await readdir(dataDir)).some((name) => name.startsWith("postgres.new-")));
  await killed.end("SIGKILL");
  expect(await readdir(dataDir)).not.toContain("postgres");
  const again = await start();
  expect(await query(again.url, "SELECT 1 AS one")).toEqual({ one: 1 });
  const leftover = async () => (await readdir(dataDir)).filter((name) => name.startsWith("postgres.new-"));
  await again.stop();
  // The program that was creating it outlives its parent for a moment; the start after that finds it ended.
  for (let tries = 0; (await leftover()).length > 0 && tries < 5; tries++) await (await start()).stop();
  expect(await leftover()).toEqual([]);
});

test("runs from a folder that no other user may enter, without any install script", async () => {
  await newDataDir();
  const { url, message } = await spawnInstance().report();
  expect(message).toBeUndefined();
  expect(await query(url ?? "", "SELECT 1 AS one")).toEqual({ one: 1 });
  const cluster = await lstat(join(dataDir, "postgres"));
  expect(cluster.uid === process.geteuid?.()).toBe(!isRoot);
  expect(await readdir(join(base, "copies"))).toHaveLength(isRoot ? 1 : 0);
});

test("a copy of the programs that others can write to is not run", async () => {
  await newDataDir(base);
  const copies = join(base, "strangers");
  await mkdir(copies);
  // For an ordinary user the checkout is good enough to run from, and no copy is looked at.
  const { version } = JSON.parse(await readFile(join(checkout, "node_modules", programs, "package.json"), "utf8"));
  const copy = join(copies, `vero-postgresql-${version}-${programs.split("/")[1]}`);
  await mkdir(copy);
  await chmod(copy, 0o777);
  const instance = startIn(checkout, { ...options(), copiesDir: copies });
  instances.push(instance);
  const { error, message } = await instance.report();
  expect(error).toBe(isRoot ? "EmbeddedPostgresError" : undefined);
  if (isRoot) expect(message).toContain("is not a folder that only this user can write to");
});

test("runs for an ordinary user who may not write to the installation", async () => {
  const readOnly = join(base, "read-only");
  await mkdir(readOnly);
  await checkOut(readOnly);
  const libraries = join(readOnly, "node_modules", programs, "native", "lib");
  await chmod(libraries, 0o555);
  await newDataDir(base);
  await chown(dataDir, ordinary.uid, ordinary.gid);
  const instance = startIn(readOnly, { dataDir, durable: false }, isRoot ? ordinary : {});
  instances.push(instance);
  const { url, message } = await instance.report();
  expect(message).toBeUndefined();
  expect(await query(url ?? "", "SELECT 1 AS one")).toEqual({ one: 1 });
  expect((await lstat(join(dataDir, "postgres"))).uid).toBe(ordinary.uid);
  await chmod(libraries, 0o755);
});

test("a cluster of another version is left alone", async () => {
  await newDataDir();
  const cluster = join(dataDir, "postgres");
  await mkdir(cluster);
  await writeFile(join(cluster, "PG_VERSION"), "17\n");
  for (const path of [cluster, join(cluster, "PG_VERSION")]) await chown(path, ordinary.uid, ordinary.gid);
  await expect(start()).rejects.toThrow("was written by PostgreSQL 17, and this Vero Chat brings PostgreSQL 18");
});
