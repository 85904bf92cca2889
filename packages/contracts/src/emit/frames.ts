import type { z } from "zod";
import { type EventType, eventFrame, events } from "../realtime/realtime.events.js";
import { clientFrames, protocolVersion, serverFrames } from "../realtime/realtime.schema.js";
import { exampleIds } from "../users/users.schema.js";
import { exampleProblem } from "./conventions.js";
import { exampleEvent } from "./event-examples.js";

/** A kind of message on the socket. */
export interface Frame {
  name: string;
  schemaName: string;
  schema: z.ZodType;
  summary: string;
  description?: string;
  examples: Record<string, unknown>[];
}

type Said = Pick<Frame, "summary" | "description" | "examples">;

const noon = "2026-03-01T12:00:00.000Z";

const clientSaid: Record<keyof typeof clientFrames, Said> = {
  auth: {
    summary: "The realtime token, as the first frame.",
    examples: [{ t: "auth", token: "eyJhbGciOiJFZERTQSIsInR5cCI6InZlcm8td3Mrand0In0.e30.c2lnbmF0dXJl" }],
  },
  req: {
    summary: "A call of an operation, with the same validation, limits and idempotency as over REST.",
    examples: [
      { t: "req", id: 7, op: "messages.send", d: { conversation_id: exampleIds.conversation, text: "Hello, Grace!" } },
    ],
  },
  ping: { summary: "Asks for a pong with the same number.", examples: [{ t: "ping", n: 1 }] },
};

const serverSaid: Record<keyof typeof serverFrames, Said> = {
  hello: {
    summary: "The first frame of every connection.",
    examples: [
      {
        t: "hello",
        protocol: protocolVersion,
        heartbeat_interval_ms: 25_000,
        auth_timeout_ms: 5000,
        server_time: noon,
      },
    ],
  },
  ready: {
    summary: "The token was accepted; events follow.",
    examples: [{ t: "ready", connection_id: "c7f3", user_id: exampleIds.ada, server_time: noon }],
  },
  res: {
    summary: "The answer to the request with the same id.",
    examples: [
      { t: "res", id: 7, ok: true, d: { last_read_seq: 12, unread_count: 0 } },
      { t: "res", id: 7, ok: false, error: exampleProblem("conversation_not_found") },
    ],
  },
  pong: { summary: "The answer to a ping.", examples: [{ t: "pong", n: 1 }] },
  resync: {
    summary: "This connection may have missed something: call messages.sync.",
    examples: [{ t: "resync", reason: "bus_reconnected" }],
  },
  reconnect: {
    summary: "The node is about to drain: connect again after the given time.",
    examples: [{ t: "reconnect", after_ms: 500 }],
  },
};

const pascal = (name: string): string => name.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase());

const framesOf = <N extends string>(schemas: Record<N, z.ZodType>, said: Record<N, Said>): Frame[] =>
  (Object.keys(schemas) as N[]).map((name) => ({
    name,
    schemaName: `${pascal(name)}Frame`,
    schema: schemas[name],
    ...said[name],
  }));

const audienceOf = (type: EventType): string =>
  `Received by: ${events[type].audience}. ${
    events[type].durable ? "Durable: counted by `s`, recovered by sync." : "Ephemeral: never counted, never repeated."
  }`;

export const clientMessages = framesOf(clientFrames, clientSaid);
export const serverMessages = framesOf(serverFrames, serverSaid);
export const eventMessages: Frame[] = (Object.keys(events) as EventType[]).map((type) => ({
  name: type,
  schemaName: `${pascal(type)}Event`,
  schema: eventFrame(type),
  summary: events[type].summary,
  description: audienceOf(type),
  examples: [exampleEvent(type)],
}));
