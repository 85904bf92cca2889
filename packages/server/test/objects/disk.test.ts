import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { describeStore } from "./suite.js";

const folder = mkdtempSync(join(tmpdir(), "vero-objects-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("objects in a folder", () => {
  describeStore({
    config: () => ({ VERO_OBJECTS_DIR: folder }),
    incoming: () => readdir(join(folder, ".incoming")),
  });
});
