import type { UserKey } from "@vero/db";
import { type Bus, channelOf, type Received, type UserBusEvent } from "@vero/server";
import { Following } from "./realtime.following.js";
import type { EventWriter } from "./realtime.frames.js";
import { Modes, type Transitions } from "./realtime.modes.js";
import type { Recipient } from "./realtime.subscriber.js";
import { UserPosition } from "./realtime.user-position.js";

export type EndReason = Extract<UserBusEvent, { type: "session.revoked" }>["data"]["reason"];

/** A socket as the hub uses it. */
export interface HubSocket extends UserKey {
  session_id: string;
  sendEvent(write: EventWriter): void;
  resync(reason: string): void;
  end(reason: EndReason): void;
}

/**
 * - `joining`: the user's conversations and the numbers to compare with are being read.
 * - `settled`: nothing that happens from now on is missed; what the bus does not bring, comparisons find.
 * - `gone`: the last socket has left, or the reads have failed. Final: the user's next socket begins anew.
 */
export type ConnectedUserMode = "joining" | "settled" | "gone";

export const connectedUserTransitions: Transitions<ConnectedUserMode, "settle" | "leave"> = {
  joining: { settle: "settled", leave: "gone" },
  settled: { settle: "settled", leave: "gone" },
  gone: { settle: "gone", leave: "gone" },
};

export interface ConnectedUserDeps {
  bus: Pick<Bus, "subscribe">;
  /** Handles the events of the user's channel, which is heard until the user leaves. */
  onUserEvent(user: ConnectedUser, event: Received<UserBusEvent>): void;
  onError(error: unknown): void;
}

/** A user with at least one socket on this node. */
export class ConnectedUser implements Recipient, UserKey {
  readonly tenant_id: string;
  readonly user_id: string;
  readonly sockets = new Set<HubSocket>();
  readonly following = new Following();
  readonly position = new UserPosition();
  readonly #onError: (error: unknown) => void;
  readonly #unsubscribe: () => void;
  readonly #modes = new Modes(connectedUserTransitions, "joining");
  /** Resolves when the user's own earlier events have been delivered. */
  #turn: Promise<void> = Promise.resolve();
  #settled: Promise<void> = Promise.resolve();

  constructor({ tenant_id, user_id }: UserKey, { bus, onUserEvent, onError }: ConnectedUserDeps) {
    this.tenant_id = tenant_id;
    this.user_id = user_id;
    this.#onError = onError;
    this.#unsubscribe = bus.subscribe(channelOf.user(user_id), (event) => onUserEvent(this, event));
  }

  get mode(): ConnectedUserMode {
    return this.#modes.current;
  }

  isHere(): boolean {
    return this.mode !== "gone";
  }

  /** Resolves when the user has settled; rejects where the reads have failed. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Has the user settle when everything has been read. */
  settleAfter(reads: Promise<unknown>): void {
    this.#settled = reads.then(() => void this.#modes.on("settle"));
  }

  /** Ends everything that the user receives and follows; answers false where that has been done. */
  leave(): boolean {
    if (!this.#modes.on("leave")) return false;
    this.#unsubscribe();
    this.following.removeAll();
    return true;
  }

  deliver(write: EventWriter): void {
    for (const socket of this.sockets) socket.sendEvent(write);
  }

  resync(reason: string): void {
    for (const socket of this.sockets) socket.resync(reason);
  }

  left(conversationId: string): void {
    this.following.remove(conversationId);
  }

  /** Handles the user's own events one after the other, although some need a read first. */
  inTurn(work: () => Promise<void> | void): void {
    this.#turn = this.#turn.then(work).catch(this.#onError);
  }

  waitFor(reading: Promise<unknown>): void {
    this.inTurn(async () => {
      // The reader reports its own failures.
      await reading.catch(() => {});
    });
  }
}
