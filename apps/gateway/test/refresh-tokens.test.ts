import { describe, expect, it } from "vitest";
import { classify, createRefreshTokens, hashOf, type RefreshToken } from "../src/auth/refresh-tokens.service.js";

const tokens = createRefreshTokens({ secret: "a secret of at least thirty-two characters" });
const first: RefreshToken = { session_id: "s".repeat(40), generation: 0, secret: tokens.firstSecret() };
const second = tokens.successorOf(first);
const third = tokens.successorOf(second);

const remembering = (
  token: RefreshToken,
  previous: RefreshToken | null,
  rotated_ms_ago: number,
  used_generation = token.generation,
) => ({
  generation: token.generation,
  used_generation,
  refresh_hash: hashOf(token.secret),
  previous_hash: previous && hashOf(previous.secret),
  rotated_ms_ago,
});

describe("what a token is worth", () => {
  it.each([
    ["the one in force", first, remembering(first, null, 0), "current"],
    ["the one in force, long after", second, remembering(second, first, 1e9), "current"],
    ["the one just replaced", first, remembering(second, first, 0), "repeated"],
    ["the one just replaced, at the last moment", first, remembering(second, first, 10_000), "repeated"],
    ["the one just replaced, too late", first, remembering(second, first, 10_001), "reused"],
    [
      "the one just replaced, long after, by one that nobody has used",
      first,
      remembering(second, first, 1e9, 0),
      "repeated",
    ],
    ["the one before that, by one that nobody has used", first, remembering(third, second, 0, 1), "reused"],
    ["the one before that, at once", first, remembering(third, second, 0), "reused"],
    ["one that the session has not come to", third, remembering(second, first, 0), "unknown"],
    [
      "another secret of the number in force",
      { ...second, secret: third.secret },
      remembering(second, first, 0),
      "unknown",
    ],
    [
      "another secret of the number just replaced",
      { ...first, secret: third.secret },
      remembering(second, first, 0),
      "reused",
    ],
  ])("%s", (_name, token, memory, verdict) => {
    expect(classify(token, memory)).toBe(verdict);
  });
});

describe("the text of a token", () => {
  it("reads back as what was written", () => {
    expect(tokens.read(tokens.write(second))).toEqual(second);
  });

  it("fits the contract", () => {
    expect(tokens.write(first).length).toBeLessThanOrEqual(300);
    expect(tokens.write(first)).toMatch(/^vrt_[\w-]+$/);
  });

  it("is refused when any byte of it differs", () => {
    const bytes = Buffer.from(tokens.write(second).slice(4), "base64url");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(tokens.read(`vrt_${changed.toString("base64url")}`)).toBeUndefined();
    }
  });

  it("is refused when it was made with another secret of the deployment", () => {
    const other = createRefreshTokens({ secret: "another secret of thirty-two characters" });
    expect(tokens.read(other.write(first))).toBeUndefined();
  });

  it.each(["", "vrt_", "vrt_!", "vrt_AAAA", `${tokens.write(first)}=`, ` ${tokens.write(first)}`])(
    "is refused when it is %j",
    (text) => {
      expect(tokens.read(text)).toBeUndefined();
    },
  );

  it("is read with either secret of the deployment, and written with the present one", () => {
    const [older, newer] = ["a secret of at least thirty-two characters", "another secret of thirty-two characters"];
    const both = createRefreshTokens({ secret: newer, previousSecret: older });
    expect(both.read(tokens.write(first))).toEqual(first);
    expect(createRefreshTokens({ secret: newer }).read(both.write(first))).toEqual(first);
    expect(tokens.read(both.write(first))).toBeUndefined();
    expect(both.knownSuccessorOf(first, hashOf(second.secret))).toEqual(second);
    expect(tokens.knownSuccessorOf(first, hashOf(both.successorOf(first).secret))).toBeUndefined();
  });

  it("has one successor, with another secret", () => {
    expect(tokens.successorOf(first)).toEqual(second);
    expect(second.secret.equals(first.secret)).toBe(false);
  });
});
