import type { oas31 } from "zod-openapi";
import { errorsOf, type Procedure, restOf } from "../kernel/procedure.js";
import { ratesOf } from "./conventions.js";
import { codesByStatus, requestIdHeaders, responseName } from "./problems.js";
import { closeUp, conditionsOf, openUp } from "./schemas.js";
import { shareSentence, sharesOf } from "./shares.js";

const per = { user: "user", ip: "address", account_and_ip: "account and address" } as const;

const rateSentence = (procedure: Procedure): string => {
  const limits = ratesOf(procedure).map(({ points, seconds, by }) => `${points} calls in ${seconds} s per ${per[by]}`);
  return `Rate limit: ${limits.join(", within ")} over all operations.`;
};

const describeParameters = (operation: oas31.OperationObject, input: Record<string, unknown>): void => {
  const parameters = (operation.parameters ?? []) as oas31.ParameterObject[];
  for (const parameter of parameters) {
    const schema = parameter.schema as oas31.SchemaObject;
    if (schema.description !== undefined) {
      parameter.description = schema.description;
      delete schema.description;
    }
    if (parameter.name in input) parameter.example = input[parameter.name];
  }
  if (parameters.length === 0) delete operation.parameters;
};

const describeBody = (operation: oas31.OperationObject, procedure: Procedure): void => {
  const body = operation.requestBody as oas31.RequestBodyObject | undefined;
  const content = body?.content["application/json"];
  if (body === undefined || content === undefined) return;
  const schema = content.schema as oas31.SchemaObject;
  closeUp(schema);
  Object.assign(schema, conditionsOf(procedure.input));
  body.required = (schema.required ?? []).length > 0;
  const { pathParameters } = restOf(procedure);
  content.example = Object.fromEntries(
    Object.entries(procedure.example.input as object).filter(([key]) => !pathParameters.includes(key)),
  );
};

const success = (operation: oas31.OperationObject, procedure: Procedure): oas31.ResponsesObject => {
  if (procedure.status === 204) return { "204": { description: "Done.", headers: requestIdHeaders } };
  const answer: oas31.ResponseObject = operation.responses?.["200"];
  const content = answer.content?.["application/json"];
  openUp(content?.schema);
  return {
    "200": {
      description: "The answer.",
      headers: requestIdHeaders,
      content: { "application/json": { ...content, example: procedure.example.output } },
    },
  };
};

/** Completes what the generator made of one operation with what only the contract knows. */
export const describeOperation = (operation: oas31.OperationObject, procedure: Procedure): void => {
  operation.description = [procedure.description, rateSentence(procedure), shareSentence(procedure)]
    .filter((part) => part)
    .join("\n\n");
  operation.security = procedure.access === "session" ? [{ bearerAuth: [] }] : [];
  operation["x-rate-limits"] = ratesOf(procedure);
  const shares = sharesOf(procedure);
  if (shares.length > 0) operation["x-shares"] = shares;
  describeParameters(operation, procedure.example.input as Record<string, unknown>);
  describeBody(operation, procedure);
  const refusals = codesByStatus(errorsOf(procedure)).map(([status, codes]) => [
    String(status),
    { $ref: `#/components/responses/${responseName(codes)}` },
  ]);
  operation.responses = { ...success(operation, procedure), ...Object.fromEntries(refusals) };
};
