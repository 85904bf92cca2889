import { ConfigError } from "../config/environment.js";

/** Something that listens, and can be asked to stop. */
export interface Service {
  /** Where it listens. */
  url: string;
  close(): Promise<void>;
}

/** Longer than anything that is under way may take, shorter than those who stop us wait. */
const drainWithin = 10_000;

/**
 * The process around a service: an error at the start becomes one sentence and exit code 1; SIGTERM and SIGINT let
 * what is under way finish.
 */
export async function run(name: string, start: () => Promise<Service>): Promise<void> {
  let service: Service | undefined;
  let stopping = false;
  const stop = (): void => {
    // Asked twice: whoever asks does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    if (service === undefined) return;
    setTimeout(() => process.exit(1), drainWithin).unref();
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${name} did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  const onSignal = (): void => stop();
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  try {
    service = await start();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${error instanceof ConfigError ? message : `${name} could not start: ${message}`}\n`);
    process.exit(1);
  }
  // Asked to stop while still starting: stop now that there is something to stop.
  if (stopping) {
    stopping = false;
    stop();
  }
}
