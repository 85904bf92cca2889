import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Response {
  /** The codes that come with this status. */
  "x-error-codes"?: string[];
  content?: Record<string, { schema: object }>;
}
export interface Operation {
  operationId: string;
  responses: Record<string, Response | { $ref: string }>;
}

const document = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Response> };
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (target: Ajv2020) => void)(ajv);
ajv.addSchema(document, "openapi");

const pointer = (...parts: string[]): string =>
  parts.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");

/** Finds a response of an operation, which may stand among the components, with its path in the document. */
function responseAt(path: string, method: string, status: string): { response: Response; at: string } | undefined {
  const response = document.paths[path]?.[method]?.responses[status];
  if (response === undefined) return undefined;
  if (!("$ref" in response)) return { response, at: pointer("paths", path, method, "responses", status) };
  const name = response.$ref.split("/").at(-1) ?? "";
  const shared = document.components.responses[name];
  return shared && { response: shared, at: pointer("components", "responses", name) };
}

const templates = Object.keys(document.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
  // `/conversations/unread` is not `/conversations/{id}`.
  parameters: path.split("{").length,
}));

export function documentedOperation(method: string, path: string): { path: string; operation: Operation } | undefined {
  const found = templates
    .filter(({ path: template, pattern }) => pattern.test(path) && document.paths[template]?.[method.toLowerCase()])
    .sort((a, b) => a.parameters - b.parameters)[0];
  const operation = found && document.paths[found.path]?.[method.toLowerCase()];
  return found && operation && { path: found.path, operation };
}

/** Fails unless the answer is one that openapi.json documents for the operation. */
export function checkAgainstContract(method: string, path: string, status: number, type: string, body: unknown): void {
  const documented = documentedOperation(method, path);
  // Unknown routes, wrong methods and the proxy's own errors belong to no operation.
  if (documented === undefined || status === 405) return;
  const { operation, path: template } = documented;
  const found = responseAt(template, method.toLowerCase(), String(status));
  if (found === undefined) {
    throw new Error(`${operation.operationId} answered ${status}, which is not documented: ${JSON.stringify(body)}`);
  }
  const mediaType = type.split(";", 1)[0] ?? "";
  const { content, "x-error-codes": codes } = found.response;
  if (content === undefined) {
    if (body !== undefined) throw new Error(`${operation.operationId} answered ${status} with a body`);
    return;
  }
  if (content[mediaType] === undefined) {
    throw new Error(`${operation.operationId} answered ${status} as ${mediaType || "nothing"}`);
  }
  const code = (body as { code?: string } | undefined)?.code ?? "";
  if (codes !== undefined && !codes.includes(code)) {
    throw new Error(`${operation.operationId} answered ${status} with ${code}, which it does not list`);
  }
  const schema = `openapi#/${found.at}/${pointer("content", mediaType, "schema")}`;
  const validate = ajv.getSchema(schema) ?? ajv.compile({ $ref: schema });
  if (!validate(body)) {
    throw new Error(
      `${operation.operationId} ${status}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`,
    );
  }
}
