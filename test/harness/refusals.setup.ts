import { afterEach, beforeEach } from "vitest";
import { refusals } from "./refusals.js";

beforeEach(() => {
  refusals.length = 0;
});

// A test that finds nothing where it had asked for something fails by an error that hides why.
afterEach(({ task }) => {
  if (task.result?.state !== "fail" || refusals.length === 0) return;
  throw new Error(`While this test ran, ${refusals.slice(0, 5).join("\n")}`);
});
