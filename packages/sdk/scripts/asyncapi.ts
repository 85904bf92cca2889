import type { Schema } from "./openapi.js";

interface MessageObject {
  name: string;
  summary?: string;
  payload: Schema;
}

interface Reference {
  $ref: string;
}

export interface CloseCode {
  code: number;
  reason: string;
  meaning: string;
  reconnect: boolean;
}

/** The parts of asyncapi.json that the generator reads. */
export interface AsyncApiDocument {
  channels: { socket: { "x-close-codes": CloseCode[] } };
  /** As seen from the server: it sends, it receives, and it answers what it received. */
  operations: Record<
    string,
    { action: "send" | "receive"; messages: Reference[]; reply?: { messages: Reference[] } | undefined }
  >;
  components: { schemas: Record<string, Schema>; messages: Record<string, MessageObject> };
}

/** One kind of frame, as the document describes it. */
export interface Frame {
  /** The component schema of the frame. */
  schema: string;
  summary: string | undefined;
  /** The type of the event that the frame carries; undefined for the other frames. */
  eventType: string | undefined;
}

const lastSegment = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

function frameOf({ components }: AsyncApiDocument, name: string): Frame {
  const { payload, summary } = components.messages[name] ?? {};
  const schema = lastSegment(payload?.$ref ?? "");
  const properties = components.schemas[schema]?.properties;
  if (components.schemas[schema] === undefined) throw new Error(`the payload of ${name} is no component schema`);
  const isEvent = properties?.["t"]?.const === "event";
  const type = properties?.["type"]?.const;
  if (isEvent && typeof type !== "string") throw new Error(`${name} is an event without a type`);
  return { schema, summary, eventType: isEvent ? (type as string) : undefined };
}

/** Answers all frames that one side sends, in the order of the document. Throws when the document knows none. */
export function framesOf(document: AsyncApiDocument, sender: "client" | "server"): Frame[] {
  const sent = Object.values(document.operations).flatMap(({ action, messages, reply }) => {
    if (sender === "client") return action === "receive" ? messages : [];
    return action === "send" ? messages : (reply?.messages ?? []);
  });
  const names = new Set(sent.map(({ $ref }) => lastSegment($ref)));
  const frames = Object.keys(document.components.messages).filter((name) => names.has(name));
  if (frames.length === 0) throw new Error(`asyncapi.json has no frames of the ${sender}`);
  return frames.map((name) => frameOf(document, name));
}

/** Answers the version of the protocol, which `hello` names. */
export function protocolVersionOf({ components }: AsyncApiDocument): number {
  const version = components.schemas["HelloFrame"]?.properties?.["protocol"]?.const;
  if (typeof version !== "number") throw new Error("HelloFrame has no protocol");
  return version;
}

export function closeCodesOf({ channels }: AsyncApiDocument): CloseCode[] {
  const codes = channels.socket["x-close-codes"];
  if (codes.length === 0) throw new Error("asyncapi.json has no close codes");
  return codes;
}
