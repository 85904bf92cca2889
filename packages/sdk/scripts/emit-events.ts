import { pascal, type Schema } from "./document.js";

/** The parts of asyncapi.json that the generator reads. */
export interface AsyncApiDocument {
  components: {
    schemas: Record<string, Schema>;
    messages?: Record<string, { summary?: string; payload?: Schema }>;
  };
}

interface EventMessage {
  type: string;
  /** The component schema of the frame. */
  schema: string;
  summary: string | undefined;
}

const prefix = "#/components/schemas/";

const constantOf = (schema: Schema | undefined): unknown => schema?.const ?? schema?.enum?.[0];

interface Found {
  events: EventMessage[];
  /** Frames that are written into their message instead of being a component. */
  inline: Record<string, Schema>;
}

function eventsOf({ components }: AsyncApiDocument): Found {
  const found: Found = { events: [], inline: {} };
  for (const message of Object.values(components.messages ?? {})) {
    const { payload = {}, summary } = message;
    const name = payload.$ref?.startsWith(prefix) === true ? payload.$ref.slice(prefix.length) : undefined;
    const frame = name === undefined ? payload : components.schemas[name];
    const type = constantOf(frame?.properties?.["type"]);
    if (constantOf(frame?.properties?.["t"]) !== "event" || typeof type !== "string") continue;
    const schema = name ?? `${pascal(type.replaceAll(".", "_"))}Event`;
    if (name === undefined) found.inline[schema] = payload;
    found.events.push({ type, schema, summary });
  }
  found.events.sort((a, b) => (a.type < b.type ? -1 : 1));
  if (found.events.length === 0) throw new Error("asyncapi.json has no event messages");
  return found;
}

/** The schemas as an OpenAPI document, which is what openapi-typescript reads; both use JSON Schema 2020-12. */
export const eventSchemas = (document: AsyncApiDocument): unknown => ({
  openapi: "3.1.0",
  info: { title: "events", version: "1" },
  paths: {},
  components: { schemas: { ...document.components.schemas, ...eventsOf(document).inline } },
});

export function emitEventMap(document: AsyncApiDocument): string {
  const members = eventsOf(document).events.map(({ type, schema, summary }) => {
    const comment = summary === undefined ? "" : `  /** ${summary.replaceAll("*/", "*\\/")} */\n`;
    return `${comment}  "${type}": components["schemas"]["${schema}"];`;
  });
  return `
/** The frame of each type of event. */
export interface EventMap {
${members.join("\n")}
}

export type EventType = keyof EventMap;
`;
}
