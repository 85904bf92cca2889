import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, serveStandalone } from "@vero/standalone";
import { expect, it } from "vitest";
import { createDatabase } from "../../../test/harness/database.js";
import { freePort } from "../../../test/harness/ports.js";
import { createHttpClient } from "../src/generators/http.js";
import { openReceivers } from "../src/generators/receivers.js";
import { openSocket } from "../src/generators/sockets.js";
import { checkLoaded } from "../src/load/check.js";
import { type Member, openDataset } from "../src/load/dataset.js";
import { loadOnce } from "../src/load/load.js";

it("load: the server answers what was loaded, takes sends of those people and delivers them", async () => {
  const [database, dataDir, port] = await Promise.all([createDatabase(), mkdtemp(join(tmpdir(), "vero-")), freePort()]);
  const secret = "a secret for tests, of more than enough characters";
  const url = `http://127.0.0.1:${port}`;
  const settings = { VERO_PUBLIC_URL: url, VERO_DATA_DIR: dataDir, VERO_LOG_LEVEL: "silent", VERO_RATE_LIMITS: "off" };
  const environment = { DATABASE_URL: database.url, VERO_SECRET: secret, PORT: String(port), ...settings };
  const server = await serveStandalone(readConfig(environment));
  await loadOnce(database.url, 1_000);
  const dataset = await openDataset({ databaseUrl: database.url, secret, issuer: url });
  const http = createHttpClient(url, 2);
  try {
    await checkLoaded(url, dataset);
    expect(await loadOnce(database.url, 1_000)).not.toContain("loaded in");

    const member = dataset.team[0] as Member;
    const token = await dataset.sign("realtime", member);
    const receivers = await openReceivers(1, () =>
      openSocket(`ws://127.0.0.1:${port}/v1/messaging/ws`, { t: "auth", token }),
    );
    const authorization = `Bearer ${await dataset.sign("access", member)}`;
    const send = (text: string) =>
      http.post("/v1/chat/messages/send", authorization, { conversation_id: member.conversationIds[0], text });
    expect(await receivers.deliver("Hello", 1, send)).toEqual([expect.any(Number)]);
    receivers.close();
  } finally {
    await Promise.all([http.close(), dataset.close()]);
    await server.close();
    await database.drop();
    await rm(dataDir, { recursive: true });
  }
});
