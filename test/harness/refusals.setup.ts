import { afterEach, beforeEach } from "vitest";
import { refusals } from "./refusals.js";

beforeEach(() => {
  refusals.length = 0;
});

// A test that fails because a call was refused has an error that hides it: the refusals are added to its report.
afterEach(({ task }) => {
  if (task.result?.state !== "fail" || refusals.length === 0) return;
  throw new Error(`While this test ran, ${refusals.slice(0, 5).join("\n")}`);
});
