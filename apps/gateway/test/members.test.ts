import { describe, expect, it } from "vitest";
import { mayChange } from "../src/auth/members.service.js";

const roles = ["owner", "admin", "agent", "member"] as const;
const at = (role: (typeof roles)[number]) => ({ role, deactivated: false });

describe("who may change whom", () => {
  it("owners everybody, into everything", () => {
    for (const from of roles) for (const to of roles) expect(mayChange("owner", at(from), at(to))).toBe(true);
  });

  it("admins everybody but owners, into everything but owners", () => {
    for (const from of roles) {
      for (const to of roles) expect(mayChange("admin", at(from), at(to))).toBe(from !== "owner" && to !== "owner");
    }
  });

  it("the others nobody", () => {
    for (const actor of ["agent", "member"] as const) {
      for (const from of roles) for (const to of roles) expect(mayChange(actor, at(from), at(to))).toBe(false);
    }
  });
});
