import { TRPCError } from "@trpc/server";
import { AppError, errorTable, problem } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { asTrpcError, errorHeaders, problemOf, toAppError } from "../src/index.js";

const zodErrorOf = (schema: z.ZodType, value: unknown): Error => {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new Error("the value is valid");
  return new TRPCError({ code: "BAD_REQUEST", cause: error });
};

const driverError = (code: string): Error => new Error("query failed", { cause: Object.assign(new Error(), { code }) });

describe("toAppError", () => {
  it("keeps what we raised ourselves, however it is wrapped", () => {
    const error = new AppError("message_deleted");
    expect(toAppError(error)).toBe(error);
    expect(toAppError(asTrpcError(error))).toBe(error);
  });

  it("names each refused field under its path", () => {
    const schema = z.strictObject({ a: z.array(z.strictObject({ b: z.int() })) });
    const { code, issues } = toAppError(zodErrorOf(schema, { a: [{ b: 1 }, { b: "x", c: 1, d: 2 }], e: 3 }));
    expect(code).toBe("validation_failed");
    expect(issues?.map(({ path, code }) => [path, code])).toEqual([
      ["a.1.b", "invalid_type"],
      ["a.1.c", "unrecognized_key"],
      ["a.1.d", "unrecognized_key"],
      ["e", "unrecognized_key"],
    ]);
  });

  it("names at most twenty, however many there are", () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field_${index}`, index]));
    expect(toAppError(zodErrorOf(z.strictObject({}), many)).issues).toHaveLength(20);
  });

  it.each([
    ["NOT_FOUND", "route_not_found"],
    ["METHOD_NOT_SUPPORTED", "method_not_allowed"],
    ["PARSE_ERROR", "malformed_json"],
    ["BAD_REQUEST", "validation_failed"],
    ["UNSUPPORTED_MEDIA_TYPE", "unsupported_media_type"],
    ["INTERNAL_SERVER_ERROR", "internal_error"],
  ] as const)("takes tRPC's %s for %s", (code, expected) => {
    expect(toAppError(new TRPCError({ code })).code).toBe(expected);
  });

  it.each(["ECONNREFUSED", "57P01", "53300", "55P03", "40001", "08006"])(
    "takes the driver's %s for unavailable",
    (code) => {
      expect(toAppError(driverError(code))).toMatchObject({ code: "unavailable", retryAfter: 1 });
    },
  );

  it.each([driverError("42601"), driverError("23505"), new TypeError("oops"), "text", undefined])(
    "takes %s for an error of ours",
    (error) => {
      expect(toAppError(error).code).toBe("internal_error");
    },
  );

  it("takes an answer of ours that is not of its own shape for an error of ours", () => {
    const { error } = z.string().safeParse(5);
    expect(toAppError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error as Error })).code).toBe(
      "internal_error",
    );
  });
});

describe("problemOf", () => {
  it.each(Object.keys(errorTable) as (keyof typeof errorTable)[])("makes a problem of %s", (code) => {
    const made = problem.parse(problemOf(new AppError(code), "id"));
    expect(made).toMatchObject({ code, status: errorTable[code].status, type: `/problems/${code}`, request_id: "id" });
    expect(asTrpcError(new AppError(code)).cause).toMatchObject({ code });
  });

  it("says why, but nothing of what went wrong inside", () => {
    expect(problemOf(new AppError("forbidden", { detail: "Ask an owner." }), "id").detail).toBe("Ask an owner.");
    const secret = new AppError("internal_error", { detail: "select * from users", cause: new Error("secret") });
    expect(JSON.stringify(problemOf(secret, "id"))).not.toMatch(/select|secret/);
  });
});

describe("errorHeaders", () => {
  it("say when to come back", () => {
    const error = new AppError("rate_limited", { retryAfter: 7, limit: { points: 5, seconds: 60 } });
    expect(errorHeaders(error, "Bearer x")).toEqual({
      "retry-after": "7",
      "ratelimit-limit": "5",
      "ratelimit-remaining": "0",
      "ratelimit-reset": "7",
    });
  });

  it.each([
    ["unauthenticated", undefined, "Bearer"],
    ["unauthenticated", "Bearer ", "Bearer"],
    ["unauthenticated", "Basic YTpi", "Bearer"],
    ["unauthenticated", "bearer x", 'Bearer error="invalid_token"'],
    ["token_expired", "Bearer x", 'Bearer error="invalid_token"'],
    ["invalid_credentials", "Bearer x", "Bearer"],
  ] as const)("of %s, after Authorization: %s, ask for a token: %s", (code, authorization, challenge) => {
    expect(errorHeaders(new AppError(code), authorization)["www-authenticate"]).toBe(challenge);
  });

  it("ask for no token where none would help", () => {
    expect(errorHeaders(new AppError("forbidden"), "Bearer x")).not.toHaveProperty("www-authenticate");
  });
});
