import { defineConfig } from "vitest/config";
import { plugins, resolve, shared } from "./vitest.config.js";

/** The tests of what depends on where files are kept, over S3; this needs its server (see `.ci/s3-server`), so `npm test` leaves it out. */
export default defineConfig({
  plugins,
  resolve,
  test: {
    ...shared,
    name: "s3",
    globalSetup: ["./test/harness/global-setup.ts", "./test/harness/s3-setup.ts"],
    include: ["packages/server/test/objects/s3.suite.ts", "test/api/media.*.test.ts"],
    provide: { arrangement: "split" },
    passWithNoTests: false,
    reporters: ["default", "./test/harness/no-skips.ts"],
  },
});
