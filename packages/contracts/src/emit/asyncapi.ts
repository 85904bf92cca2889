import { createDocument, type oas31 } from "zod-openapi";
import { closings, socketDescription } from "./closing.js";
import { license, version } from "./conventions.js";
import { clientMessages, eventMessages, type Frame, serverMessages } from "./frames.js";
import { socketOperations } from "./operations.js";
import { openUp, reaches, sorted } from "./schemas.js";

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

const receive = (summary: string, frame: string, answer: string) => ({
  action: "receive",
  channel,
  summary,
  messages: onSocket([frame]),
  reply: { channel, messages: onSocket([answer]) },
});

const send = (summary: string, frames: readonly string[]) => ({
  action: "send",
  channel,
  summary,
  messages: onSocket(frames),
});

/** asyncapi.json: the socket, as seen from the server that it describes. */
export function emitAsyncApi() {
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Vero Chat socket",
      version,
      description: "Events and calls over one WebSocket. The HTTP interface beside it is documented in `openapi.json`.",
      license: { name: license.name },
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
      greet: send("Opens every connection.", ["hello"]),
      authenticate: receive("Admits a client.", "auth", "ready"),
      call: receive("Runs an operation.", "req", "res"),
      ping: receive("Shows that the server is alive.", "ping", "pong"),
      announce: send(
        "Tells what happened.",
        eventMessages.map(({ name }) => name),
      ),
      resync: send("Tells that something may have been missed.", ["resync"]),
      reconnect: send("Announces a drain.", ["reconnect"]),
    },
    components: {
      messages: Object.fromEntries(all.map((frame) => [frame.name, messageOf(frame)])),
      schemas: schemas(),
    },
  };
}
