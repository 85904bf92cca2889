import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster.js";
import { DataDirInUseError, EmbeddedPostgresError } from "./errors.js";
import { type Launched, launch } from "./launch.js";
import { type Lock, tryLock } from "./lock.js";
import { type Postmaster, readPostmaster, stopPostmaster } from "./postmaster.js";

export interface EmbeddedLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Milliseconds to wait for a usable server: ample for crash recovery (of a gigabyte of WAL at most), or for another
 * instance to shut down.
 */
const maxStartMs = 120_000;

/** Milliseconds for which the lock may still be held by a process that was just killed, until the server notices. */
const grace = 1_000;

/**
 * Log messages of launches that failed because another start was faster or an old server is not quite gone: worth a
 * retry.
 */
const passing = /lock file "postmaster.pid"|could not create any TCP\/IP sockets|shared memory block/;

/**
 * The ownership of a cluster, from launching its server or adopting a running one until stopping it. At most one
 * process has it at a time.
 */
export class Ownership {
  url = "";
  #server: Postmaster | undefined;
  #lock: Lock | undefined;
  #launched: Launched | undefined;
  #stopped: Promise<void> | undefined;

  constructor(
    readonly cluster: Cluster,
    readonly password: string,
    readonly log: EmbeddedLog,
    readonly onExit: (reason: Error) => void,
  ) {}

  async take(): Promise<void> {
    const begun = performance.now();
    try {
      await this.#acquire((stalePid) => this.#launch(stalePid));
    } catch (error) {
      // A server that we launched serves the other instance, if there is one; otherwise nobody would ever stop it.
      if (this.#launched && !(error instanceof DataDirInUseError))
        await stopPostmaster(this.#launched.pid, this.cluster);
      throw error;
    }
    // An exit without a shutdown must not leave the server running. On Windows, without signals, the next start adopts
    // it.
    if (process.platform !== "win32") process.on("exit", this.#interrupt);
    const how = this.#server?.pid === this.#launched?.pid ? "started" : "was still running and is taken over";
    const time = Math.round(performance.now() - begun);
    this.log.info(`PostgreSQL ${how} on port ${this.#server?.port} (${time} ms, ${this.cluster.folder})`);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    process.off("exit", this.#interrupt);
    // The lock is released only after the server has stopped: any earlier, another process could adopt the server that
    // is being stopped.
    if (this.#server) await stopPostmaster(this.#server.pid, this.cluster);
    await this.#lock?.release();
  }

  #interrupt = () => {
    try {
      if (this.#server) process.kill(this.#server.pid, "SIGINT");
    } catch {
      // Gone already.
    }
  };

  /**
   * Waits until this process holds the lock, and throws when another process keeps holding it. `whenGone` decides what
   * to do when no server runs: launch one, or fail.
   */
  async #acquire(whenGone: (stalePid: number | undefined) => Promise<void>): Promise<void> {
    const deadline = performance.now() + maxStartMs;
    let refusedSince: number | undefined;
    while (!this.#stopped) {
      const server = await readPostmaster(this.cluster);
      if (!server?.alive) await whenGone(server?.pid);
      // Only the file of a ready server is sure to name that server's own port.
      else if (server.status === "ready") {
        const url = `postgres://vero:${this.password}@127.0.0.1:${server.port}/vero`;
        const outcome = await tryLock(url, () => void this.#recover());
        if (typeof outcome === "object") {
          if (outcome.durable || !this.cluster.durable) return this.#hold(server, url, outcome);
          // Left running by a test run without fsync: it would acknowledge commits that a power failure then loses.
          await stopPostmaster(server.pid, this.cluster);
          await outcome.release();
        } else if (outcome === "held") {
          refusedSince ??= performance.now();
          if (performance.now() - refusedSince > grace) throw new DataDirInUseError(this.cluster.dataDir);
        }
      }
      if (performance.now() > deadline) throw this.#failure(`is not ready after ${maxStartMs / 1000} s`);
      await delay(refusedSince ? 50 : 5);
    }
  }

  #hold(server: Postmaster, url: string, lock: Lock): void {
    this.#server = server;
    this.#lock = lock;
    this.url = url;
  }

  async #launch(stalePid: number | undefined): Promise<void> {
    if (this.#launched) {
      const lastWords = await this.#launched.lastWords();
      if (lastWords === undefined) return;
      if (!passing.test(lastWords)) throw this.#failure(`did not start: ${lastWords.slice(-2000)}`);
    }
    this.#launched = await launch(this.cluster, stalePid);
  }

  /**
   * Takes the lock anew after its connection was lost: the server drops all connections when one of its processes
   * crashes, and goes on after recovery. Reports the loss of the database when it does not.
   */
  async #recover(): Promise<void> {
    if (this.#stopped || !this.#lock) return;
    try {
      const lost = this.#lock;
      this.#lock = undefined;
      await lost.release();
      await this.#acquire(async () => {
        throw this.#failure("has ended");
      });
      if (!this.#stopped) this.log.warn("PostgreSQL cut all connections and works again");
    } catch (error) {
      // A server that runs there now is not ours to stop.
      this.#server = undefined;
      const reason = error as Error;
      this.log.error(reason.message);
      this.onExit(reason);
    }
  }

  #failure(what: string): EmbeddedPostgresError {
    return new EmbeddedPostgresError(`The embedded PostgreSQL ${what} (see ${this.cluster.dataDir}/postgres.log).`);
  }
}
