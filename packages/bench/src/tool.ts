/** A fault that the person who called can put right: bad arguments, a file that is not there. */
export class UsageError extends Error {}

class Interruption extends Error {}

/** Rejects at the first Ctrl-C or SIGTERM. Long work is awaited beside it, so that it is given up and cleaned up after. */
export const interruption = new Promise<never>((_resolve, reject) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => reject(new Interruption(signal)));
  }
});
// Mostly nobody interrupts, and sometimes nobody awaits it yet.
interruption.catch(() => {});

export const say = (line = ""): void => {
  process.stdout.write(`${line}\n`);
};

/** Exit codes. 0: all as promised, 1: not so, 2: it cannot be asked for like this, 130: interrupted. */
export async function runTool(name: string, work: () => Promise<boolean>): Promise<never> {
  try {
    process.exit((await work()) ? 0 : 1);
  } catch (error) {
    if (error instanceof Interruption) process.exit(130);
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}
