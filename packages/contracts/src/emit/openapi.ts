import { generateOpenApiDocument } from "trpc-to-openapi";
import type { oas31 } from "zod-openapi";
import type { ErrorCode } from "../kernel/errors.js";
import { problem } from "../kernel/problem.js";
import { errorsOf, type Procedure, restOf } from "../kernel/procedure.js";
import { apiDescription, contact, license, roomDescriptions, version } from "./conventions.js";
import { describeOperation } from "./describe.js";
import { operations } from "./operations.js";
import { codesByStatus, headers, problemExamples, problemResponse, responseName } from "./problems.js";
import { stubRouter } from "./router.js";
import { dropNaming, openUp, reaches, sizeIntegers, sorted } from "./schemas.js";

const operationAt = (document: oas31.OpenAPIObject, procedure: Procedure): oas31.OperationObject => {
  const { method, path } = restOf(procedure);
  const item = document.paths?.[path.replace(/:(\w+)/g, "{$1}")];
  const operation = item?.[method.toLowerCase() as "get"];
  if (operation === undefined) throw new Error(`${procedure.rest} is not in the document`);
  return operation;
};

/** The refusals of all operations, each combination of codes once. */
const refusals = (): Pick<oas31.ComponentsObject, "responses" | "examples"> => {
  const codes = new Set<ErrorCode>();
  const responses: Record<string, oas31.ResponseObject> = {};
  for (const { procedure } of operations) {
    for (const [status, group] of codesByStatus(errorsOf(procedure))) {
      responses[responseName(group)] = problemResponse(status, group);
      for (const code of group) codes.add(code);
    }
  }
  return { responses: sorted(responses), examples: problemExamples(codes) };
};

const componentsOf = (
  document: oas31.OpenAPIObject,
  bodies: Record<string, oas31.SchemaObject>,
): oas31.ComponentsObject => {
  const models = Object.entries(document.components?.schemas ?? {}).filter(([name]) => !name.startsWith("error."));
  const schemas = { ...Object.fromEntries(models), ...bodies } as Record<string, oas31.SchemaObject>;
  const inputs = reaches(
    Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item).flatMap((operation: oas31.OperationObject) => [operation.parameters, operation.requestBody]),
    ),
    schemas,
  );
  for (const [name, schema] of Object.entries(schemas)) if (!inputs.has(name)) openUp(schema);
  return {
    securitySchemes: document.components?.securitySchemes ?? {},
    headers,
    schemas: sorted(schemas),
    ...refusals(),
  };
};

/** openapi.json: exactly the operations of the contract. */
export function emitOpenApi(): oas31.OpenAPIObject {
  const document = generateOpenApiDocument(stubRouter(), {
    title: "Vero Chat",
    version,
    description: apiDescription,
    license,
    openApiVersion: "3.1.1",
    baseUrl: "/",
    defs: { Problem: problem },
    securitySchemes: {
      bearerAuth: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "An access token (RFC 9068)." },
    },
  }) as oas31.OpenAPIObject;
  const bodies = Object.assign(
    {},
    ...operations.map(({ procedure }) => describeOperation(operationAt(document, procedure), procedure)),
  );
  const components = componentsOf(document, bodies);
  const described = { paths: document.paths ?? {}, components };
  dropNaming(described);
  sizeIntegers(described);
  return {
    openapi: document.openapi,
    info: { ...document.info, contact },
    servers: [{ url: "/", description: "The gateway that serves this document." }],
    security: [{ bearerAuth: [] }],
    tags: Object.entries(roomDescriptions).map(([name, description]) => ({ name, description })),
    ...described,
  };
}
