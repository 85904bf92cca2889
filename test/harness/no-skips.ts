import type { Reporter, TestModule } from "vitest/node";

/** A test that does not run proves nothing: skipped and todo tests fail the run. Ends it with one plain line. */
export default class NoSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1;
      for (const error of module.errors()) {
        counts.failed += 1;
        process.stdout.write(`${module.moduleId}: ${error.message}\n`);
      }
    }
    const skipped = counts.skipped + counts.pending;
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${skipped} skipped\n`);
    if (skipped > 0) process.exitCode = 1;
  }
}
