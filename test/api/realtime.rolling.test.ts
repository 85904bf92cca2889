import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig as readGatewayConfig, serveGateway } from "@vero/gateway";
import { readConfig as readMsgsrvConfig, serveMsgsrv } from "@vero/msgsrv";
import { createVero, type Vero } from "@vero/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { unhurried } from "../harness/waiting.js";

interface Service {
  url: string;
  close(): Promise<void>;
}

/** Hands each connection to the next of the services that are in turn, as a load balancer does. */
class Balancer {
  readonly services: Service[] = [];
  readonly #server: Server;
  #turn = 0;

  constructor() {
    this.#server = createServer((near) => {
      this.#turn += 1;
      const { port, hostname } = new URL(this.services[this.#turn % this.services.length]?.url ?? "");
      const far = connect(Number(port), hostname);
      near.on("error", () => far.destroy());
      far.on("error", () => near.destroy());
      near.pipe(far).pipe(near);
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Starts another one before it stops, and lets it finish what is under way. */
  async replace(index: number, start: () => Promise<Service>): Promise<void> {
    const leaving = this.services[index];
    this.services[index] = await start();
    await leaving?.close();
  }

  async close(): Promise<void> {
    for (const service of this.services) await service.close();
    this.#server.close();
  }
}

const [gateways, messaging] = [new Balancer(), new Balancer()];
const clients: Vero[] = [];
let database: TestDatabase;
let objects: string;
let startGateway: () => Promise<Service>;
let startMsgsrv: () => Promise<Service>;
let publicUrl: string;

beforeAll(async () => {
  database = await createDatabase();
  objects = await mkdtemp(join(tmpdir(), "vero-objects-"));
  publicUrl = await gateways.open();
  const env = {
    DATABASE_URL: database.url,
    VERO_SECRET: "a secret for tests, of more than enough characters",
    VERO_PUBLIC_URL: publicUrl,
    VERO_LOG_LEVEL: "silent",
    VERO_RATE_LIMITS: "off",
    ...unhurried,
    VERO_OBJECTS_DIR: objects,
    MSGSRV_URL: await messaging.open(),
    PORT: "0",
  };
  startMsgsrv = () => serveMsgsrv(readMsgsrvConfig(env));
  startGateway = () => serveGateway(readGatewayConfig(env));
  messaging.services.push(await startMsgsrv(), await startMsgsrv());
  gateways.services.push(await startGateway(), await startGateway());
});
afterAll(async () => {
  for (const vero of clients) vero.realtime.close();
  await gateways.close();
  await messaging.close();
  await database.drop();
  await rm(objects, { recursive: true });
});

async function signUp(name: string, workspace: { tenant_name: string } | { invite_token: string }): Promise<Vero> {
  const vero = createVero({ baseUrl: publicUrl });
  clients.push(vero);
  const email = `${name}@example.com`;
  await vero.auth.signup({ email, password: "a passphrase for tests", display_name: name, ...workspace });
  await vero.realtime.connect();
  return vero;
}

it("replacing two msgsrv and two gateways one by one fails no call of the SDK, and loses and doubles no message", async () => {
  const ada = await signUp("Ada", { tenant_name: "Engines" });
  const people = [ada];
  for (const name of ["Grace", "Alan", "Edsger"]) {
    const { token } = await ada.auth.createInvite({ role: "member" });
    people.push(await signUp(name, { invite_token: token }));
  }
  const failures: unknown[] = [];
  const sent: string[] = [];
  let isOver = false;
  const conversations = await Promise.all(
    people.map((vero) => vero.conversations.create({ type: "group", name: "Own", participant_ids: [] })),
  );

  /** Over the socket and over HTTP in turn, without a pause. */
  const talk = async (vero: Vero, conversation_id: string): Promise<void> => {
    for (let n = 0; !isOver; n += 1) {
      const text = `${conversation_id} ${n}`;
      try {
        await vero.realtime.request("messages.send", { conversation_id, text });
        sent.push(text);
        await vero.realtime.request("conversations.get", { id: conversation_id });
        await vero.messages.list({ id: conversation_id, limit: 1 });
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const talking = people.map((vero, index) => talk(vero, conversations[index]?.id ?? ""));
  for (const index of [0, 1]) {
    await messaging.replace(index, startMsgsrv);
    await gateways.replace(index, startGateway);
  }
  isOver = true;
  await Promise.all(talking);

  expect(failures).toEqual([]);
  expect(sent.length).toBeGreaterThan(people.length);
  const stored = await database.sql`select text from messages where type = 'text'`;
  expect(stored.map(({ text }) => text).sort()).toEqual(sent.sort());
});
