import { isDeepStrictEqual } from "node:util";
import { type AsyncApiDocument, framesOf } from "./asyncapi.js";
import { commentOf } from "./comment.js";
import type { OpenApiDocument } from "./openapi.js";

/** The schemas as an OpenAPI document, which is what openapi-typescript reads; both use JSON Schema 2020-12. */
export const eventSchemas = ({ components }: AsyncApiDocument): unknown => ({
  openapi: "3.1.0",
  info: { title: "events", version: "1" },
  paths: {},
  components: { schemas: components.schemas },
});

/** The schemas that both documents describe in the same way: they are one type. */
export const sharedSchemas = (openapi: OpenApiDocument, { components }: AsyncApiDocument): Set<string> =>
  new Set(
    Object.entries(components.schemas).flatMap(([name, schema]) =>
      isDeepStrictEqual(openapi.components.schemas[name], schema) ? [name] : [],
    ),
  );

/** Answers the descriptions of the frames in the document, by the schema of the frame. */
export const summariesOf = (document: AsyncApiDocument): Record<string, string | undefined> =>
  Object.fromEntries(
    (["client", "server"] as const)
      .flatMap((sender) => framesOf(document, sender))
      .map(({ schema, summary }) => [schema, summary]),
  );

/** Emits the frame of each type of event, by that type. */
export function emitEventMap(document: AsyncApiDocument): string {
  const members = framesOf(document, "server")
    .flatMap(({ eventType, schema, summary }) => (eventType === undefined ? [] : [{ eventType, schema, summary }]))
    .sort((a, b) => (a.eventType < b.eventType ? -1 : 1))
    .map(({ eventType, schema, summary }) => `${commentOf(summary, "  ")}  "${eventType}": ${schema};`);
  if (members.length === 0) throw new Error("asyncapi.json has no event messages");
  return `
/** The frame of each type of event. */
export interface EventMap {
${members.join("\n")}
}

export type EventType = keyof EventMap;
`;
}
