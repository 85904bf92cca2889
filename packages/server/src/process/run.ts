import { ConfigError } from "../config/read.js";

/** A service that listens, and can be asked to stop. */
export interface Service {
  /** The address on which it listens. */
  url: string;
  /**
   * Ends the service. Rejects where one of its own parts did not end in good order; all others have ended all the same.
   */
  close(): Promise<void>;
  /** Resolves with the reason when the service cannot go on. */
  lost?: Promise<Error>;
}

/**
 * The limit of a stop, in milliseconds: longer than a shutdown takes up to the database, and shorter than orchestrators
 * wait.
 */
const drainWithin = 10_000;

/**
 * Runs a service as this process. An error at the start becomes one sentence and exit code 1; SIGTERM and SIGINT let
 * requests in progress finish. Exit code 0 means that the process ended as it was asked to, also while the database was
 * away.
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
    // A second request to stop means that nobody wants to wait.
    if (stopping) process.exit(1);
    stopping = true;
    // The limit holds during the start as well, which may wait for a database that hangs.
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
  // The request to stop came during the start.
  if (stopping) close(service, 0);
  void service.lost?.then(() => {
    if (!stopping) stop(1);
  });
}
