import type { VeroError } from "../errors.js";

/** Time until the next attempt, and the reason why there is one. */
interface Waiting {
  /** Counts the repetitions since the last connection that was stable, from 1. */
  readonly attempt: number;
  /** The time of the next attempt, in milliseconds since 1970 by this machine's clock. */
  readonly retry_at: number;
  /** The failure of the last attempt, or of the connection. */
  readonly error: VeroError;
}

/**
 * The state of the connection, which never changes itself: as long as nothing has happened it is the same object.
 *
 * - `idle`: nobody has asked for a connection, or `close()` was called.
 * - `connecting`: a token is fetched and a socket opened. `attempt` is 0 for the first one.
 * - `authenticating`: the server has greeted and examines the token.
 * - `live`: events arrive. With `checking` it is in doubt whether the connection is still there; 3 seconds tell.
 * - `backing_off`: another attempt follows at `retry_at`.
 * - `offline`: the same, and this machine says that it has no network; it is tried at once when it has, except where the
 *   server has named `retry_at`.
 * - `ended`: there is no other attempt before `connect()`; `error` is the reason.
 */
export type ConnectionState =
  | { readonly status: "idle" }
  | { readonly status: "connecting"; readonly attempt: number }
  | { readonly status: "authenticating"; readonly attempt: number }
  | { readonly status: "live"; readonly connection_id: string; readonly user_id: string; readonly checking: boolean }
  | ({ readonly status: "backing_off" } & Waiting)
  | ({ readonly status: "offline" } & Waiting)
  | { readonly status: "ended"; readonly error: VeroError };

export type ConnectionStatus = ConnectionState["status"];
export type StateOf<S extends ConnectionStatus> = Extract<ConnectionState, { status: S }>;

/**
 * All that happens to a connection.
 *
 * - `connect`, `close`: the application asks for it.
 * - `hello`, `ready`: frames of the server.
 * - `check`, `checked`: it is in doubt whether the connection is there; a frame has arrived.
 * - `lost`, `unplugged`: an attempt or a connection has ended, the latter while this machine has no network.
 * - `offline`, `online`: this machine has lost its network, or has it again.
 * - `retry`: the wait is over, or there is a reason to end it.
 * - `refused`: no other attempt would help, or the session has ended.
 */
export type ConnectionInput =
  | { type: "connect" | "hello" | "check" | "checked" | "offline" | "online" | "retry" | "close" }
  | { type: "ready"; connection_id: string; user_id: string }
  | ({ type: "lost" | "unplugged" } & Waiting)
  | { type: "refused"; error: VeroError };

type Row = Readonly<Record<ConnectionInput["type"], ConnectionStatus>>;

/** A row in which nothing but closing and refusal leads elsewhere. */
const staying = <S extends ConnectionStatus>(status: S, changes: Partial<Row>): Row => ({
  connect: status,
  hello: status,
  ready: status,
  check: status,
  checked: status,
  lost: status,
  unplugged: status,
  offline: status,
  online: status,
  retry: status,
  refused: "ended",
  close: "idle",
  ...changes,
});

const ending = { lost: "backing_off", unplugged: "offline" } as const;

/** The state that follows on each state after each input: whatever is not named here changes nothing. */
export const transitions: Readonly<Record<ConnectionStatus, Row>> = {
  idle: staying("idle", { connect: "connecting" }),
  connecting: staying("connecting", { ...ending, hello: "authenticating" }),
  authenticating: staying("authenticating", { ...ending, ready: "live" }),
  live: staying("live", ending),
  backing_off: staying("backing_off", { retry: "connecting", offline: "offline" }),
  offline: staying("offline", { retry: "connecting", online: "backing_off" }),
  ended: staying("ended", { connect: "connecting" }),
};

const attemptOf = (state: ConnectionState): number => ("attempt" in state ? state.attempt : 0);

/** Answers the state after an input; the same object where nothing changes. */
export function next(state: ConnectionState, input: ConnectionInput): ConnectionState {
  const status = transitions[state.status][input.type];
  if (state.status === "live" && status === "live") {
    const checking = input.type === "check" || (input.type !== "checked" && state.checking);
    return checking === state.checking ? state : { ...state, checking };
  }
  if (status === state.status) return state;
  if (status === "connecting" || status === "authenticating") return { status, attempt: attemptOf(state) };
  if (input.type === "ready") {
    return { status: "live", connection_id: input.connection_id, user_id: input.user_id, checking: false };
  }
  if (status === "backing_off" || status === "offline") {
    const { attempt, retry_at, error } = "retry_at" in input ? input : (state as StateOf<"backing_off" | "offline">);
    return { status, attempt, retry_at, error };
  }
  return input.type === "refused" ? { status: "ended", error: input.error } : { status: "idle" };
}
