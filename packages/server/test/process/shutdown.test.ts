import { describe, expect, it } from "vitest";
import { within } from "../../../../test/harness/waiting.js";
import { createLogger, shutDown } from "../../src/index.js";

type Line = Record<string, unknown>;

function recordedLog() {
  const lines: Line[] = [];
  const log = createLogger({ level: "debug", name: "test" }, { write: (line) => void lines.push(JSON.parse(line)) });
  return { lines, log };
}

const never = () => new Promise<never>(() => {});

describe("shutDown", () => {
  it("runs the steps in their order, not in that of the call", async () => {
    const { log, lines } = recordedLog();
    const ran: string[] = [];
    await shutDown(log, {
      database: () => ran.push("database"),
      bus: () => ran.push("bus"),
      http: async () => {
        await Promise.resolve();
        ran.push("http");
      },
      sockets: () => ran.push("sockets"),
    });
    expect(ran).toEqual(["sockets", "http", "bus", "database"]);
    expect(lines).toEqual([]);
  });

  it("goes on after a step that rejects and one that throws, and logs each in one line", async () => {
    const { log, lines } = recordedLog();
    const ran: string[] = [];
    await shutDown(log, {
      presence: () => Promise.reject(new Error("the database is away")),
      images: () => {
        throw new Error("no such process");
      },
      objects: () => ran.push("objects"),
      database: () => ran.push("database"),
    });
    expect(ran).toEqual(["objects", "database"]);
    expect(lines.map(({ step, err }) => [step, (err as Line)["message"]])).toEqual([
      ["presence", "the database is away"],
      ["images", "no such process"],
    ]);
  });

  it("waits for a step that never ends no longer than its limit", async () => {
    const { log, lines } = recordedLog();
    const ran: string[] = [];
    await within(shutDown(log, { bus: never, database: () => ran.push("database") }), "the shutdown to end");
    expect(ran).toEqual(["database"]);
    expect(lines.map(({ step, err }) => [step, (err as Line)["message"]])).toEqual([
      ["bus", "has not ended within 250 ms"],
    ]);
  });

  it("rejects where a step that depends on nobody else has failed, once the rest is done", async () => {
    const { log } = recordedLog();
    const ran: string[] = [];
    const ending = shutDown(log, {
      http: () => Promise.reject(new Error("a hook has failed")),
      database: () => ran.push("database"),
    });
    await expect(ending).rejects.toThrow("http");
    expect(ran).toEqual(["database"]);
  });
});
