import { AppError } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { toE164 } from "../src/users/phones.js";

describe("a phone number", () => {
  it.each([
    ["+49 30 901820", "+4930901820"],
    ["+1 (212) 555-2368", "+12125552368"],
    ["+44 20 7946 0958", "+442079460958"],
  ])("%s is stored as %s", (written, stored) => {
    expect(toE164(written)).toBe(stored);
  });

  it.each(["+1 000 000 0000", "+999 123456789", "+49 1"])("%s is nobody's", (written) => {
    expect(() => toE164(written)).toThrow(AppError);
    expect(() => toE164(written)).toThrow(
      expect.objectContaining({ code: "validation_failed", issues: [expect.objectContaining({ path: "phone" })] }),
    );
  });
});
