import { createDocument, type oas31 } from "zod-openapi";
import { maxRequestBytes } from "../kernel/sizes.js";
import { closings, socketDescription } from "./closing.js";
import { contact, license, version } from "./conventions.js";
import { clientMessages, eventMessages, type Frame, serverMessages } from "./frames.js";
import { socketOperations } from "./operations.js";
import { dropNaming, openUp, reaches, sizeIntegers, sorted } from "./schemas.js";

const all = [...clientMessages, ...serverMessages, ...eventMessages];

/** The frames and what they are made of; zod-openapi gathers the shared models, as it does for openapi.json. */
const schemas = (): Record<string, oas31.SchemaObject> => {
  const document = createDocument({
    openapi: "3.1.1",
    info: { title: "", version },
    components: { schemas: Object.fromEntries(all.map(({ schemaName, schema }) => [schemaName, schema])) },
  });
  const found = document.components?.schemas as Record<string, oas31.SchemaObject>;
  const call = found["ReqFrame"]?.properties;
  if (call === undefined) throw new Error("there is no req frame");
  call["op"] = { type: "string", enum: socketOperations.map(({ name }) => name) };
  call["d"] = {
    description: "The input of the operation as in openapi.json: the fields of path, query and body in one object.",
  };
  const closed = reaches(
    clientMessages.map(({ schemaName }) => ({ $ref: `#/components/schemas/${schemaName}` })),
    found,
  );
  for (const [name, schema] of Object.entries(found)) if (!closed.has(name)) openUp(schema);
  dropNaming(found);
  sizeIntegers(found);
  return sorted(found);
};

const messageOf = ({ name, schemaName, summary, description, examples }: Frame) => ({
  name,
  summary,
  ...(description === undefined ? {} : { description }),
  payload: { $ref: `#/components/schemas/${schemaName}` },
  examples: examples.map((payload) => ({ payload })),
});

const channel = { $ref: "#/channels/socket" };
const onSocket = (frames: readonly string[]) => frames.map((name) => ({ $ref: `#/channels/socket/messages/${name}` }));

interface Said {
  summary: string;
  description: string;
}

const receive = (said: Said, frame: string, answer: string) => ({
  action: "receive",
  channel,
  ...said,
  messages: onSocket([frame]),
  reply: { channel, messages: onSocket([answer]) },
});

const send = (said: Said, frames: readonly string[]) => ({
  action: "send",
  channel,
  ...said,
  messages: onSocket(frames),
});

/** asyncapi.json: the socket, as seen from the server that it describes. */
export function emitAsyncApi() {
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Vero Chat socket",
      version,
      description: `Events and calls over one WebSocket. The HTTP interface beside it is documented in \`openapi.json\`. A frame has at most ${maxRequestBytes.toLocaleString("en")} bytes, as a body there; a larger one closes the socket with 1009 (RFC 6455, section 7.4.1).`,
      contact,
      license: { name: license.name },
      tags: [{ name: "realtime", description: "Events and calls over the socket." }],
    },
    defaultContentType: "application/json",
    servers: {
      gateway: {
        host: "localhost:3000",
        protocol: "ws",
        description: "Where `npm start` listens; `messaging.token` names the URL of an installation as `ws_url`.",
      },
    },
    channels: {
      socket: {
        address: "/v1/messaging/ws",
        title: "The socket",
        description: socketDescription,
        messages: Object.fromEntries(all.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: { ws: { method: "GET", bindingVersion: "0.1.0" } },
        "x-close-codes": closings,
      },
    },
    operations: {
      greet: send(
        { summary: "Opens every connection.", description: "The client answers with `auth` before `auth_timeout_ms`." },
        ["hello"],
      ),
      authenticate: receive(
        {
          summary: "Admits a client.",
          description: "Takes the token of `messaging.token`. A token that is not good closes the socket.",
        },
        "auth",
        "ready",
      ),
      call: receive(
        {
          summary: "Runs an operation.",
          description: "Validation, limits and errors are those of the same operation over HTTP.",
        },
        "req",
        "res",
      ),
      ping: receive(
        {
          summary: "Shows that the server is alive.",
          description: "For clients that cannot send the pings of the protocol, such as browsers.",
        },
        "ping",
        "pong",
      ),
      announce: send(
        {
          summary: "Reports what happened.",
          description: "Each type of event says who receives it and whether it is counted by `s`.",
        },
        eventMessages.map(({ name }) => name),
      ),
      resync: send(
        { summary: "Reports that something may have been missed.", description: "The client calls `messages.sync`." },
        ["resync"],
      ),
      reconnect: send(
        {
          summary: "Announces a drain.",
          description: "The client connects again after `after_ms`; this socket closes with 4000.",
        },
        ["reconnect"],
      ),
    },
    components: {
      messages: Object.fromEntries(all.map((frame) => [frame.name, messageOf(frame)])),
      schemas: schemas(),
    },
  };
}
