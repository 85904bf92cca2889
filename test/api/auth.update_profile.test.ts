import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";

const { call, signUp } = useStack();
const update = (token: string, body: unknown) => call("PATCH /auth/profile", { token, body });

const everything = {
  display_name: "Ada Lovelace",
  avatar_url: "https://example.com/ada.png",
  timezone: "Europe/London",
  phone: "+44 20 7946 0958",
};

describe("200", () => {
  it("changes what is given and leaves the rest", async () => {
    const { token, me: user } = await signUp();
    const stored = { ...everything, phone: "+442079460958" };
    expect((await update(token, everything)).body).toEqual({ ...user, ...stored });
    expect((await update(token, { display_name: "Ada" })).body).toEqual({ ...user, ...stored, display_name: "Ada" });
    const { session_id: _, ...me } = (await call("GET /auth/me", { token })).body;
    expect(me).toEqual({ ...user, ...stored, display_name: "Ada" });
  });

  it("clears with null", async () => {
    const { token, me: user } = await signUp({ phone: everything.phone, timezone: everything.timezone });
    await update(token, everything);
    const { status, body } = await update(token, { avatar_url: null, timezone: null, phone: null });
    expect(status).toBe(200);
    const cleared = { avatar_url: null, timezone: null, phone: null };
    expect(body).toEqual({ ...user, display_name: everything.display_name, ...cleared });
  });

  it("keeps the availability that was chosen, which the account begins with", async () => {
    const { token, me: user } = await signUp();
    expect(user.availability).toBe("online");
    for (const availability of ["busy", "offline", "online"]) {
      expect((await update(token, { availability })).body).toEqual({ ...user, availability });
      expect((await call("GET /auth/me", { token })).body.availability).toBe(availability);
    }
  });

  it("changes nothing for nothing", async () => {
    const { token, me: user } = await signUp();
    expect((await update(token, {})).body).toEqual(user);
  });
});

describe("400", () => {
  it.each([
    ["display_name", ""],
    ["display_name", "\u200b"],
    ["display_name", "x".repeat(101)],
    ["display_name", "A\u0000"],
    ["avatar_url", "http://example.com/ada.png"],
    ["avatar_url", "https://ada@example.com/"],
    ["avatar_url", "javascript:alert(1)"],
    ["avatar_url", `https://example.com/${"x".repeat(2048)}`],
    ["timezone", "Mars/Olympus"],
    ["timezone", "+02:00"],
    ["phone", "12345"],
    ["phone", "+999 123456789"],
    ["availability", "away"],
    ["email", "ada@example.com"],
    ["role", "owner"],
  ])("validation_failed for %s %j", async (field, value) => {
    const { token } = await signUp();
    const answer = await update(token, { [field]: value });
    expectProblem(answer, 400, "validation_failed");
    expect(new Set(pathsOf(answer))).toEqual(new Set([field]));
  });

  it("validation_failed for half a character", async () => {
    const { token } = await signUp();
    expectProblem(await update(token, '{"display_name":"\\udc00"}'), 400, "validation_failed");
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("PATCH /auth/profile", { body: {} }), 401, "unauthenticated");
  });
});
