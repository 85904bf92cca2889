import { expect, test } from "vitest";
import { allowedOriginsOf, createLogger } from "../../src/index.js";
import { listening } from "./listening.js";

const lines: Record<string, unknown>[] = [];
const log = createLogger({ level: "warn", name: "test" }, { write: (line) => void lines.push(JSON.parse(line)) });
const listed = "https://chat.example";
const machine = ["http://localhost:5173", "http://127.0.0.1:8080", "http://localhost"];
const others = [
  "https://evil.example",
  "http://localhost.evil.example",
  "https://localhost:5173",
  "http://127.0.0.1.evil.example:1",
  "null",
];

/** Asks as a page of an origin does; answers the origin that the browser is told to let read. */
async function toldTo(NODE_ENV: "production" | "development") {
  const app = await listening(
    { log, corsOrigins: allowedOriginsOf({ NODE_ENV, VERO_CORS_ORIGINS: [listed] }) },
    (routes) => void routes.get("/x", () => ({})),
  );
  const url = app.listeningOrigin;
  return {
    url,
    ask: async (origin: string) =>
      (await fetch(`${url}/x`, { headers: { origin } })).headers.get("access-control-allow-origin"),
  };
}

test.each(["production", "development"] as const)(
  "in %s a page of a listed origin may read, and any other may not",
  async (mode) => {
    const { ask } = await toldTo(mode);
    expect(await ask(listed)).toBe(listed);
    for (const origin of others) expect(await ask(origin)).toBeNull();
  },
);

test("pages of the developer's own machine may read outside of production, at any port", async () => {
  const development = await toldTo("development");
  const production = await toldTo("production");
  for (const origin of machine) {
    expect(await development.ask(origin)).toBe(origin);
    expect(await production.ask(origin)).toBeNull();
  }
});

test("a refused origin is logged once, with the setting; one of this host and a listed one are not", async () => {
  lines.length = 0;
  const { url, ask } = await toldTo("production");
  for (const origin of [url, listed, "https://evil.example", "https://evil.example", "https://worse.example"])
    await ask(origin);
  expect(lines.map(({ origin }) => origin)).toEqual(["https://evil.example", "https://worse.example"]);
  expect(lines[0]?.["msg"] ?? lines[0]?.["message"]).toContain("VERO_CORS_ORIGINS");
});

test("only so many refused origins are remembered and logged", async () => {
  lines.length = 0;
  const { ask } = await toldTo("production");
  for (let n = 0; n < 120; n += 1) await ask(`https://${n}.example`);
  expect(lines).toHaveLength(100);
});
