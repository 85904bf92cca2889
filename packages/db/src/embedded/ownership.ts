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

/** Ample for replaying the journal of a crash (a gigabyte at most), or for another instance to finish writing out. */
const patience = 120_000;

/** A process that was killed this instant may hold the lock until the server has noticed. */
const grace = 1_000;

/** Why a launch may fail without anything being wrong: others were faster, or the dead are not quite gone. */
const passing = /lock file "postmaster.pid"|could not create any TCP\/IP sockets|shared memory block/;

/** The one instance that may use a cluster: from launching or adopting its server until stopping it. */
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
      // A server we launched serves the other instance, if there is one; else nobody would ever stop it.
      if (this.#launched && !(error instanceof DataDirInUseError))
        await stopPostmaster(this.#launched.pid, this.cluster);
      throw error;
    }
    // An exit that nobody prepared must not leave the server running; where there are no signals, it is adopted later.
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
    // The lock goes down with the server: freed any earlier, somebody could adopt what we are about to stop.
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

  /** Waits until the lock is ours or somebody else's; `whenGone` says what to do about a server that is not there. */
  async #acquire(whenGone: (stalePid: number | undefined) => Promise<void>): Promise<void> {
    const deadline = performance.now() + patience;
    let refusedSince: number | undefined;
    while (!this.#stopped) {
      const server = await readPostmaster(this.cluster);
      if (!server?.alive) await whenGone(server?.pid);
      // Only then is the port in the file surely the server's own.
      else if (server.status === "ready") {
        const url = `postgres://vero:${this.password}@127.0.0.1:${server.port}/vero`;
        const outcome = await tryLock(url, () => void this.#recover());
        if (typeof outcome === "object") {
          if (outcome.durable || !this.cluster.durable) return this.#hold(server, url, outcome);
          // Left behind by a test run: it would acknowledge what a power failure then takes back.
          await stopPostmaster(server.pid, this.cluster);
          await outcome.release();
        } else if (outcome === "held") {
          refusedSince ??= performance.now();
          if (performance.now() - refusedSince > grace) throw new DataDirInUseError(this.cluster.dataDir);
        }
      }
      if (performance.now() > deadline) throw this.#failure(`is not ready after ${patience / 1000} s`);
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

  /** The server drops all connections when one of its processes crashes, and then goes on: so do we, if it does. */
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
      // Whatever runs there now is not ours to stop.
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
