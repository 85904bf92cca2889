/** The parts of openapi.json that the generator reads. */
interface Parameter {
  in: "path" | "query" | "header" | "cookie";
  name: string;
  required?: boolean;
}

export interface Schema {
  $ref?: string;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
}

interface Response {
  $ref?: string;
  content?: Record<string, { schema?: Schema }>;
}

interface OperationObject {
  operationId: string;
  summary?: string;
  description?: string;
  security?: unknown[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Response>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Response> };
}

/** One operation of the document with what the emitters need to know about it. */
export interface Operation {
  id: string;
  /** The part of the id before the dot. */
  room: string;
  /** The part after it, in camelCase. */
  method: string;
  verb: string;
  path: string;
  object: OperationObject;
  pathParameters: string[];
  queryParameters: string[];
  hasBody: boolean;
  isPublic: boolean;
  status: 200 | 204;
  /** Whether it can be called without any input. */
  inputOptional: boolean;
  codes: string[];
}

const verbs = ["get", "post", "put", "patch", "delete"];

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
export const pascal = (name: string): string => camel(name).replace(/^\w/, (letter) => letter.toUpperCase());

/** Follows the local references of a document. */
const resolve = <T extends { $ref?: string }>(document: OpenApiDocument, node: T): T => {
  if (node.$ref === undefined) return node;
  const target = node.$ref
    .slice(2)
    .split("/")
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
  if (target === undefined) throw new Error(`${node.$ref} points nowhere`);
  return resolve(document, target as T);
};

function codesOf(document: OpenApiDocument, object: OperationObject): string[] {
  const codes = Object.entries(object.responses).flatMap(([status, response]) => {
    if (status.startsWith("2")) return [];
    const schema = resolve(document, response).content?.["application/problem+json"]?.schema ?? {};
    // The reference to Problem lists the codes of all operations; the part beside it those of this one.
    const own = [schema, ...(schema.allOf ?? [])].filter((part) => part.$ref === undefined);
    const code = own.map((part) => part.properties?.["code"]).find((found) => found !== undefined);
    return code?.enum ?? (code?.const === undefined ? [] : [code.const]);
  });
  return [...new Set(codes.map(String))];
}

function operationOf(document: OpenApiDocument, path: string, verb: string, object: OperationObject): Operation {
  const id = object.operationId;
  const [room, name, ...more] = id.split(".");
  if (room === undefined || name === undefined || more.length > 0) throw new Error(`${id} is not <room>.<name>`);
  const parameters = object.parameters ?? [];
  const body = object.requestBody?.content["application/json"]?.schema;
  const needed = [...parameters.filter(({ required }) => required === true), ...(body?.required ?? [])];
  if (object.responses["200"] === undefined && object.responses["204"] === undefined) {
    throw new Error(`${id} has neither a 200 nor a 204`);
  }
  const named = (place: Parameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  return {
    id,
    room,
    method: camel(name),
    verb: verb.toUpperCase(),
    path,
    object,
    pathParameters: named("path").map((parameter) => parameter.name),
    queryParameters: named("query").map((parameter) => parameter.name),
    hasBody: body !== undefined,
    isPublic: object.security?.length === 0,
    status: object.responses["204"] === undefined ? 200 : 204,
    inputOptional: needed.length === 0,
    codes: codesOf(document, object),
  };
}

/** All operations that belong to a room, in the order of the document. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([verb, object]) => {
      const { operationId } = object as Partial<OperationObject>;
      // The operational routes (health, metrics, the documents themselves) belong to no room.
      if (!verbs.includes(verb) || operationId?.includes(".") !== true) return [];
      return [operationOf(document, path, verb, object as OperationObject)];
    }),
  );
}
