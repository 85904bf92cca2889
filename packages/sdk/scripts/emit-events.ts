import { type AsyncApiDocument, framesOf } from "./asyncapi.js";
import { commentOf } from "./comment.js";

/** The schemas as an OpenAPI document, which is what openapi-typescript reads; both use JSON Schema 2020-12. */
export const eventSchemas = ({ components }: AsyncApiDocument): unknown => ({
  openapi: "3.1.0",
  info: { title: "events", version: "1" },
  paths: {},
  components: { schemas: components.schemas },
});

/** Emits the frame of each type of event, by that type. */
export function emitEventMap(document: AsyncApiDocument): string {
  const members = framesOf(document, "server")
    .flatMap(({ eventType, schema, summary }) => (eventType === undefined ? [] : [{ eventType, schema, summary }]))
    .sort((a, b) => (a.eventType < b.eventType ? -1 : 1))
    .map(
      ({ eventType, schema, summary }) =>
        `${commentOf(summary, "  ")}  "${eventType}": components["schemas"]["${schema}"];`,
    );
  if (members.length === 0) throw new Error("asyncapi.json has no event messages");
  return `
/** The frame of each type of event. */
export interface EventMap {
${members.join("\n")}
}

export type EventType = keyof EventMap;
`;
}
