import {
  type AsyncApiDocument,
  type CloseCode,
  closeCodesOf,
  type Frame,
  framesOf,
  protocolVersionOf,
} from "./asyncapi.js";
import { commentOf } from "./comment.js";

const memberOf = ({ code, reason, meaning, reconnect }: CloseCode): string =>
  `${commentOf(meaning, "  ")}  ${code}: { reason: "${reason}"; reconnect: ${reconnect} };`;

/** Emits what the socket speaks: the frames of both sides, the version of the protocol and the close codes. */
export function emitFrames(document: AsyncApiDocument): string {
  const byClient = framesOf(document, "client");
  const byServer = framesOf(document, "server").filter(({ eventType }) => eventType === undefined);
  const names = (frames: Frame[]) => frames.map(({ schema }) => schema).join(" | ");
  const codes = closeCodesOf(document);
  const frames = [...byClient, ...byServer].map(({ schema }) => schema).join(", ");
  return `import type { EventMap, EventType, ${frames} } from "./events.js";

export type { ${frames} };

/** Any event of the server. */
export type AnyEvent = EventMap[EventType];

/** Any frame that a client sends. */
export type ClientFrame = ${names(byClient)};

/** Any frame that the server sends. */
export type ServerFrame = ${names(byServer)} | AnyEvent;

/** The version of the protocol, which the server names in \`hello\`. */
export const protocolVersion = ${protocolVersionOf(document)};

/** Each code with which the server closes a socket, and whether a client connects again after it. */
export interface CloseCodes {
${codes.map(memberOf).join("\n")}
}
`;
}
