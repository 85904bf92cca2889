import { defineConfig } from "vitest/config";

const shared = {
  globalSetup: "./test/harness/global-setup.ts",
  testTimeout: 20_000,
  hookTimeout: 60_000,
  // Two cores, and most of the work is PostgreSQL's.
  maxWorkers: 2,
};

const resolve = { conditions: ["source"] };
const ssr = { resolve: { conditions: ["source"], externalConditions: ["source"] } };

/** The API as clients see it: the same tests over one process and over gateway and msgsrv as two. */
const api = (arrangement: "standalone" | "split") => ({
  resolve,
  ssr,
  test: { ...shared, name: arrangement, include: ["test/api/**/*.test.ts"], provide: { arrangement } },
});

export default defineConfig({
  test: {
    // A test that hangs or is skipped is a defect; so is a file without tests.
    passWithNoTests: false,
    reporters: ["default", "./test/harness/no-skips.ts"],
    projects: [
      {
        resolve,
        ssr,
        test: {
          ...shared,
          name: "parts",
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts"],
          typecheck: { enabled: true, include: ["packages/*/test/**/*.test-d.ts"], tsconfig: "./tsconfig.json" },
        },
      },
      api("standalone"),
      api("split"),
    ],
  },
});
