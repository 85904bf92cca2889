import { ConfigError } from "../config/environment.js";

/** Something that listens, and can be asked to stop. */
export interface Service {
  /** Where it listens. */
  url: string;
  /** Rejects where something of its own did not end in good order; everything else has ended all the same. */
  close(): Promise<void>;
  /** Resolves when it cannot go on, and says why. */
  lost?: Promise<Error>;
}

/** Longer than anything that is under way may take, shorter than those who stop us wait. */
const drainWithin = 10_000;

/**
 * The process around a service: an error at the start becomes one sentence and exit code 1; SIGTERM and SIGINT let
 * what is under way finish. Exit code 0 says that it ended as it was asked to, also where the database was away.
 */
export async function run(name: string, start: () => Promise<Service>): Promise<void> {
  let service: Service | undefined;
  let stopping = false;
  const close = ({ close }: Service, exitCode: number): void => {
    close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        process.stderr.write(`${name} did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  const stop = (exitCode: number): void => {
    // Asked twice: whoever asks does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    // Also while still starting, which may wait for a database that hangs.
    setTimeout(() => process.exit(1), drainWithin).unref();
    if (service !== undefined) close(service, exitCode);
  };
  const onSignal = (): void => stop(0);
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
  if (stopping) close(service, 0);
  void service.lost?.then(() => {
    if (!stopping) stop(1);
  });
}
