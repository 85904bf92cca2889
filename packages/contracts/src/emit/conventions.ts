import manifest from "../../package.json" with { type: "json" };
import { errorTable } from "../kernel/errors.js";
import type { Procedure } from "../kernel/procedure.js";
import { type RateName, rateTable, widerNetworks } from "../kernel/rates.js";
import { maxAuthRequestBytes, maxRequestBytes } from "../kernel/sizes.js";
import { requestsSentence } from "./shares.js";

export const { version } = manifest;
export const license = { name: "MIT", identifier: "MIT" };
export const contact = { name: "Vero Chat" };

/** A room without a description does not compile. */
export const roomDescriptions = {
  auth: "Accounts, sessions, invites and members of a workspace.",
  messaging: "The way to the socket, which asyncapi.json documents.",
  conversations: "Direct conversations and groups, and the caller's own state in them.",
  participants: "The members of a conversation, and their roles.",
  messages: "Sending, reading, catching up, searching and changing messages.",
  users: "The people of the workspace, agents, and blocks.",
  media: "Files: announced, uploaded straight to storage, confirmed, then sent.",
} satisfies Record<keyof typeof import("../index.js").contract, string>;

const widerSentence = (by: keyof typeof widerNetworks): string =>
  widerNetworks[by].map(({ prefix, factor }) => `a /${prefix} ${factor} times as much`).join(", ");

const networksSentence = `Wider IPv6 networks are limited as a whole: ${widerSentence("ip")}; where failures of one account are counted, ${widerSentence("account_and_ip")}.`;

export const apiDescription = `The HTTP interface of Vero Chat. The socket beside it is documented in \`asyncapi.json\`.

**Bodies** are JSON in UTF-8 with snake_case keys. Ids are UUIDs, version 7 where the service makes them. Times are RFC 3339 in UTC with milliseconds. Fields may be added to answers at any time, so clients ignore what they do not know; unknown fields and query parameters of a request are refused by name. An optional field of a request may also be \`null\`, which is the same as leaving it out, except where its operation says that \`null\` clears. A body has at most ${maxRequestBytes.toLocaleString("en")} bytes, below \`/auth\` ${maxAuthRequestBytes.toLocaleString("en")}, which has room for all that its fields allow, also where every character is escaped; beyond that the answer is 413.

**Success** has one status per operation: 200 with a body, or 204 without. An entity comes bare; a list comes as \`{ "items": [...], "next_cursor": string | null }\` and takes \`limit\` (more than the maximum is an error, never a silent cut) and the opaque \`cursor\` of the page before.

**Errors** are RFC 9457 problem details. Branch on \`code\`, which is stable; each operation lists the codes that it may answer in its description and as \`x-error-codes\`, and with each status the codes that come with it. What belongs to another workspace, or to a conversation that the caller was never in, is answered exactly like an id that does not exist: 404.

**Authentication**: \`Authorization: Bearer <access token>\` everywhere except signup, login and refresh. Access tokens live for 10 minutes; \`auth.refresh\` renews them.

${requestsSentence}

**Retries**: 429 and 503 may be retried after \`Retry-After\` seconds. Sending and forwarding are idempotent with a client id, and most other changes are idempotent by nature; their descriptions say so.

**Rate limits** stand at each operation. An address is an IPv4 address or an IPv6 network of 64 bits. ${networksSentence}

**Tracing**: any request may carry \`X-Request-Id\`, an id of the caller's own (1 to 128 letters, digits, \`_\`, \`.\`, \`:\`, \`-\`; another one is replaced, never refused). Every answer carries the id in the same header, and so does every problem.`;

export const requestIdHeader = "X-Request-Id";

/** The calls that a caller may make: the limit of the operation, if it has one, within that of all operations. */
export const ratesOf = ({ access, rate }: Pick<Procedure, "access" | "rate">) => {
  const general: RateName = access === "session" ? "all" : "unauthenticated";
  const names = rate === undefined ? [general] : [rate, general];
  return names.map((name) => ({ name, ...rateTable[name] }));
};

export const exampleProblem = (code: keyof typeof errorTable) => ({
  type: `/problems/${code}`,
  title: errorTable[code].title,
  status: errorTable[code].status,
  detail: errorTable[code].title,
  code,
  request_id: "0199d0a3-5a10-7000-8000-00000000abcd",
  ...(code === "validation_failed"
    ? { errors: [{ path: "limit", code: "too_big", message: "Too big: expected number to be <=100" }] }
    : {}),
});
