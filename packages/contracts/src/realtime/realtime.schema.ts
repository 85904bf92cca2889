import { z } from "zod";
import { id, time } from "../kernel/fields.js";
import { problem } from "../kernel/problem.js";
import { chars } from "../kernel/text.js";

export const protocolVersion = 1;

/** A frame that a client sends. `d` is validated by the operation that `op` names. */
export const clientFrames = {
  auth: z.strictObject({ t: z.literal("auth"), token: chars(1, 4096) }),
  req: z.strictObject({
    t: z.literal("req"),
    id: z.union([chars(1, 64), z.int()]),
    op: chars(1, 64),
    d: z.unknown().optional(),
  }),
  ping: z.strictObject({ t: z.literal("ping"), n: z.int() }),
};
export const clientFrame = z.discriminatedUnion("t", [clientFrames.auth, clientFrames.req, clientFrames.ping]);
export type ClientFrame = z.infer<typeof clientFrame>;

const requestId = z.union([z.string(), z.int()]);

/** A frame that the server sends, besides events (which are made in `realtime.events`). */
export const serverFrames = {
  hello: z.strictObject({
    t: z.literal("hello"),
    protocol: z.literal(protocolVersion),
    heartbeat_interval_ms: z.int(),
    auth_timeout_ms: z.int(),
    server_time: time,
  }),
  ready: z.strictObject({ t: z.literal("ready"), connection_id: z.string(), user_id: id, server_time: time }),
  res: z.union([
    z.strictObject({
      t: z.literal("res"),
      id: requestId,
      ok: z.literal(true),
      d: z.unknown().describe("The answer; null where REST answers 204."),
    }),
    z.strictObject({ t: z.literal("res"), id: requestId, ok: z.literal(false), error: problem }),
  ]),
  pong: z.strictObject({ t: z.literal("pong"), n: z.int() }),
  resync: z.strictObject({ t: z.literal("resync"), reason: z.string() }),
  reconnect: z.strictObject({ t: z.literal("reconnect"), after_ms: z.int() }),
};

/**
 * Why the server closes a socket (RFC 6455 section 7.4.2: 4000–4999 are the application's).
 * 4000–4499: connect again. 4500–4999: do not.
 */
export const closeCodes = {
  drain: 4000,
  slow_consumer: 4002,
  heartbeat_timeout: 4003,
  rate_limited: 4008,
  bad_frame: 4009,
  token_expired: 4401,
  auth_failed: 4500,
  user_deactivated: 4502,
  connection_limit: 4503,
  session_revoked: 4504,
  auth_timeout: 4505,
} as const;
export type CloseReason = keyof typeof closeCodes;
