import { describe, expect, it } from "vitest";
import { z } from "zod";
import { queryReader } from "../src/http/query.js";

const read = queryReader(
  z.strictObject({
    limit: z.int().min(1).default(30),
    unread_only: z.boolean().optional(),
    q: z.string().optional(),
    kind: z.enum(["1", "true"]).nullable().optional(),
  }),
);

describe("queryReader", () => {
  it.each([
    ["0", 0],
    ["10", 10],
    ["-1", -1],
    ["1.5", 1.5],
  ])("reads the number %s", (text, value) => {
    expect(read({ limit: text })).toEqual({ limit: value });
  });

  it.each(["", " 1", "1 ", "1e1", "0x10", "01", "+1", ".5", "1.", "Infinity", "NaN", "١", "1,000"])(
    "leaves %j for the contract to refuse",
    (text) => {
      expect(read({ limit: text })).toEqual({ limit: text });
    },
  );

  it("reads true and false, and nothing else, as booleans", () => {
    expect(read({ unread_only: "true" })).toEqual({ unread_only: true });
    expect(read({ unread_only: "false" })).toEqual({ unread_only: false });
    for (const text of ["", "1", "0", "TRUE", "yes"])
      expect(read({ unread_only: text })).toEqual({ unread_only: text });
  });

  it("leaves text and choices as they are, whatever they look like", () => {
    expect(read({ q: "10", kind: "true" })).toEqual({ q: "10", kind: "true" });
  });

  it("leaves what was given twice, and what it does not know", () => {
    expect(read({ limit: ["1", "2"], other: "3" })).toEqual({ limit: ["1", "2"], other: "3" });
  });
});
