import { type CloseReason, closeCodes } from "../realtime/realtime.schema.js";

/** A reason without an explanation does not compile. */
const meanings: Record<CloseReason, string> = {
  drain: "the node stops",
  slow_consumer: "the client reads too slowly, or not at all",
  heartbeat_timeout: "two protocol pings went unanswered",
  rate_limited: "too many frames, too many bytes, or too many new sockets of the user",
  bad_frame: "a frame is not JSON, not of a known kind, or too large",
  token_expired: "the realtime token has expired: fetch another",
  auth_failed: "the realtime token is not valid, or has opened a socket before",
  user_deactivated: "the user was deactivated",
  connection_limit: "the user has too many sockets",
  session_revoked: "the session has ended",
  auth_timeout: "no auth frame came in time",
};

export const closings = (Object.keys(closeCodes) as CloseReason[]).map((reason) => ({
  code: closeCodes[reason],
  reason,
  meaning: meanings[reason],
  reconnect: closeCodes[reason] < 4500,
}));

export const socketDescription = `JSON text frames; \`t\` names the kind. The server says \`hello\`; the client answers with \`auth\`, which carries the token of \`messaging.token\` (never in the URL), and receives \`ready\`. From then on it receives the events of all conversations of its user, without subscribing, its own actions included.

Durable events are counted by \`s\`: 1, 2, 3, … per connection. A client that sees a gap, or a \`resync\`, calls \`messages.sync\`. Within a conversation events come in the order of \`change_seq\`; drop what is not newer than the last event of the conversation. Two begin otherwise: \`conversation.created\` starts the count of its conversation anew (list its messages then), and \`message.deleted\` with scope \`for_me\` carries the number that the message has anyway and always counts. Every event carries the full object. Fields may be added to frames of the server at any time.

A request that does not become a socket is answered with a problem, as in openapi.json: 400 \`malformed_request\` (no handshake), 403 \`forbidden\` (a page of an origin that is not allowed), 429 \`rate_limited\` (too many sockets of the address), 503 \`unavailable\` (the node stops, or is away). 429 and 503 carry \`Retry-After\`.

| close code | reason | meaning | connect again |
|---|---|---|---|
${closings.map(({ code, reason, meaning, reconnect }) => `| ${code} | ${reason} | ${meaning} | ${reconnect ? "yes" : "no"} |`).join("\n")}`;
