import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { scaledMs, testMs } from "../harness/waiting.js";
import { upTo, useWorkspace } from "../harness/workspace.js";
import { runHistory } from "../histories/history.js";

const workspace = useWorkspace();

const { VERO_SEED, VERO_HISTORY, VERO_PROVE } = process.env;
const seed = VERO_SEED === undefined ? randomInt(2 ** 31) : Number(VERO_SEED);
const isThorough = VERO_PROVE !== undefined;
const histories = VERO_HISTORY === undefined ? upTo(isThorough ? 1_000 : 20) : [Number(VERO_HISTORY)];
/** More only wait for the same two cores. */
const atOnce = 3;

describe("a client that was away, one that stayed, one that only asks and a fresh one", () => {
  it(`hold the same at the end of ${histories.length} random histories`, {
    timeout: testMs + scaledMs(histories.length * 3_000),
  }, async () => {
    const left = [...histories];
    const wrong: string[] = [];
    await Promise.all(
      upTo(atOnce).map(async () => {
        for (let index = left.shift(); index !== undefined && wrong.length === 0; index = left.shift()) {
          const report = await runHistory(workspace.stack, { seed, index, isThorough });
          if (report !== undefined) wrong.push(report);
        }
      }),
    );
    if (wrong.length > 0) expect.fail(wrong.join("\n\n"));
  });
});
