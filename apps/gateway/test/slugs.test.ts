import { describe, expect, it } from "vitest";
import { slugCandidates, slugOf } from "../src/auth/slugs.service.js";

describe("the slug of a workspace", () => {
  it.each([
    ["Analytical Engines", "analytical-engines"],
    ["  Ünïque — Café & Co. ", "unique-cafe-co"],
    ["東京", "workspace"],
    ["---", "workspace"],
    ["a".repeat(100), "a".repeat(40)],
    [`${"a".repeat(39)} b`, "a".repeat(39)],
  ])("%j is %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it("is tried plain first, then with suffixes that keep it short", () => {
    const [plain, ...others] = [...slugCandidates("b".repeat(60))];
    expect(plain).toBe("b".repeat(40));
    expect(others.length).toBeGreaterThan(3);
    for (const slug of others) expect(slug).toMatch(/^(?=.{1,40}$)b+-[a-z2-7]+$/);
  });
});
