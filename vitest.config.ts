import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { patchedTests } from "./packages/db/driver.patch.js";
import { findChromium } from "./test/harness/chromium.js";
import { hookMs, testMs, waitMs } from "./test/harness/waiting.js";

export const shared = {
  globalSetup: "./test/harness/global-setup.ts",
  setupFiles: ["./test/harness/refusals.setup.ts"],
  testTimeout: testMs,
  hookTimeout: hookMs,
  expect: { poll: { timeout: waitMs, interval: 20 } },
  // Two cores; some of the tests mostly wait.
  maxWorkers: 3,
  // Only what passes through here can be patched.
  server: { deps: { inline: ["postgres"] } },
};

export const plugins = [patchedTests];

/** The sources, not what was built of them: a test must not pass over an old build. */
export const resolve = {
  alias: [
    { find: /^@vero\/(contracts|db|sdk|server)$/, replacement: join(import.meta.dirname, "packages/$1/src/index.ts") },
    {
      find: /^@vero\/sdk\/(store|react)$/,
      replacement: join(import.meta.dirname, "packages/sdk/src/$1/index.ts"),
    },
    {
      find: "@vero/db/conversation-log",
      replacement: join(import.meta.dirname, "packages/db/src/conversation-log/conversation-log.sql.ts"),
    },
    { find: "@vero/server/publish", replacement: join(import.meta.dirname, "packages/server/src/bus/publish.ts") },
    { find: /^@vero\/(gateway|msgsrv|standalone)$/, replacement: join(import.meta.dirname, "apps/$1/src/index.ts") },
  ],
};

/** The tests of what passes between gateway and msgsrv, and between nodes; each operation is called there too, by every role (`roles`). */
const onlyInSplit = [
  "events",
  "histories",
  "media.upload",
  "realtime.presence.nodes",
  "realtime.rolling",
  "roles",
  "roles.events",
];
/**
 * The tests of what depends on the arrangement of the processes: transports, sockets, logs, deadlines, the end of sessions. What one
 * service decides by itself is the same wherever it runs, and passes through the gateway with `roles` and `events`.
 */
const inBoth = [
  "auth.logout",
  "auth.realtime",
  "auth.refresh",
  "bytes",
  "contract",
  "deadlines",
  "http",
  "http.compression",
  "http.connection",
  "http.tokens",
  "logs",
  "members",
  "messaging.token",
  "metrics.production",
  "objects",
  "operational",
  "realtime.abuse",
  "realtime.audience",
  "realtime.misses",
  "realtime.nodes",
  "realtime.requests",
  "realtime.socket",
  "sdk",
  "shares",
  "shutdown",
  "trpc",
  "trpc.client",
  "web",
];
const testFile = (name: string): string => `test/api/${name}.test.ts`;

const filesOf = {
  standalone: { include: ["test/api/**/*.test.ts"], exclude: onlyInSplit.map(testFile) },
  split: { include: [...onlyInSplit, ...inBoth].map(testFile) },
};

/** The API as clients see it: over one process, and where that may differ over gateway and msgsrv as two. */
const api = (arrangement: "standalone" | "split") => ({
  plugins,
  resolve,
  test: {
    ...shared,
    name: arrangement,
    ...filesOf[arrangement],
    globalSetup: [shared.globalSetup, "./test/harness/page-setup.ts"],
    provide: { arrangement },
    // Each file has a database and services of its own; loading all modules anew for each takes longer than the tests.
    isolate: false,
  },
});

const chromium = findChromium();
if (chromium === undefined) {
  process.stderr.write("test/web is left out: no Chromium was found. VERO_CHROMIUM may name one.\n");
}

/** The page, in a browser; where there is none, it is not tested, and this is said. */
const page = {
  plugins,
  resolve,
  test: {
    ...shared,
    name: "web",
    include: ["test/web/**/*.test.ts"],
    globalSetup: [shared.globalSetup, "./test/harness/page-setup.ts", "./test/harness/browser-setup.ts"],
    provide: { arrangement: "standalone" as const },
    isolate: false,
  },
};

export default defineConfig({
  // For the global setup, which belongs to no project.
  resolve,
  test: {
    // A test that hangs or is skipped is a defect; so is a file without tests.
    passWithNoTests: false,
    reporters: ["default", "./test/harness/no-skips.ts"],
    projects: [
      {
        plugins,
        resolve,
        test: {
          ...shared,
          name: "parts",
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts"],
          // Loading all modules anew for each file takes longer than most of them.
          isolate: false,
          // The compiler reads what the type tests import, rather than all sources and tests.
          typecheck: {
            enabled: true,
            include: ["packages/*/test/**/*.test-d.ts"],
            tsconfig: "./tsconfig.typetests.json",
          },
        },
      },
      api("standalone"),
      api("split"),
      ...(chromium === undefined ? [] : [page]),
    ],
  },
});
