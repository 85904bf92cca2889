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
  type?: unknown;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  properties?: Record<string, Schema>;
}

interface Response {
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
  /** Every code that the operation may answer with. */
  "x-error-codes"?: string[];
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Schema> };
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
  /** The model of its body, if it takes one. */
  body: { name: string; schema: Schema } | undefined;
  isPublic: boolean;
  status: 200 | 204;
  /** True if it can be called without any input. */
  inputOptional: boolean;
  codes: string[];
}

const verbs = ["get", "post", "put", "patch", "delete"];

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
export const pascal = (name: string): string => camel(name).replace(/^\w/, (letter) => letter.toUpperCase());

function bodyOf(document: OpenApiDocument, { operationId, requestBody }: OperationObject): Operation["body"] {
  const given = requestBody?.content["application/json"]?.schema;
  if (given === undefined) return undefined;
  const name = given.$ref?.split("/").at(-1);
  const schema = name === undefined ? undefined : document.components.schemas[name];
  if (name === undefined || schema === undefined) throw new Error(`the body of ${operationId} is no model`);
  return { name, schema };
}

function operationOf(document: OpenApiDocument, path: string, verb: string, object: OperationObject): Operation {
  const id = object.operationId;
  const [room, name, ...more] = id.split(".");
  if (room === undefined || name === undefined || more.length > 0) throw new Error(`${id} is not <room>.<name>`);
  const parameters = object.parameters ?? [];
  const body = bodyOf(document, object);
  const needed = [...parameters.filter(({ required }) => required === true), ...(body?.schema.required ?? [])];
  if (object.responses["200"] === undefined && object.responses["204"] === undefined) {
    throw new Error(`${id} has neither a 200 nor a 204`);
  }
  const codes = object["x-error-codes"] ?? [];
  if (codes.length === 0) throw new Error(`${id} lists no x-error-codes`);
  const parametersIn = (part: Parameter["in"]) => parameters.filter((parameter) => parameter.in === part);
  return {
    id,
    room,
    method: camel(name),
    verb: verb.toUpperCase(),
    path,
    object,
    pathParameters: parametersIn("path").map((parameter) => parameter.name),
    queryParameters: parametersIn("query").map((parameter) => parameter.name),
    body,
    isPublic: object.security?.length === 0,
    status: object.responses["204"] === undefined ? 200 : 204,
    inputOptional: needed.length === 0,
    codes,
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
