import { rateTable } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { createLimits, noLimits } from "../src/index.js";

const { points, seconds } = rateTable.create;

/** How many calls pass before the first refusal, and the refusal. */
async function exhaust(limits: ReturnType<typeof createLimits>, key: string) {
  for (let passed = 0; passed < 10_000; passed += 1) {
    try {
      await limits.consume("create", key);
    } catch (error) {
      return { passed, error };
    }
  }
  throw new Error("there is no limit");
}

describe("a limit", () => {
  it("lets as many calls pass as the contract says, then says when to come back", async () => {
    const { passed, error } = await exhaust(createLimits(), "ada");
    expect(passed).toBe(points);
    expect(error).toMatchObject({ code: "rate_limited", limit: { points, seconds } });
    const { retryAfter } = error as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(seconds);
  });

  it("counts for each key and each name apart", async () => {
    const limits = createLimits();
    await exhaust(limits, "ada");
    await limits.consume("create", "grace");
    await limits.consume("forward", "ada");
    await expect(limits.consume("create", "ada")).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("holds for calls that come at once", async () => {
    const limits = createLimits();
    const calls = await Promise.allSettled(Array.from({ length: points * 3 }, () => limits.consume("create", "ada")));
    expect(calls.filter(({ status }) => status === "fulfilled")).toHaveLength(points);
  });

  it("gives back what turned out not to count", async () => {
    const limits = createLimits();
    for (let count = 0; count < points * 3; count += 1) {
      await limits.consume("create", "ada");
      await limits.refund("create", "ada");
    }
    expect((await exhaust(limits, "ada")).passed).toBe(points);
  });

  it("says how many calls there are when it is more generous", async () => {
    const { passed, error } = await exhaust(createLimits(3), "ada");
    expect(passed).toBe(points * 3);
    expect(error).toMatchObject({ limit: { points: points * 3, seconds } });
  });

  it("can be none", async () => {
    for (let count = 0; count < points * 3; count += 1) await noLimits.consume("create", "ada");
    await expect(exhaust(noLimits, "ada")).rejects.toThrow("there is no limit");
  });
});
