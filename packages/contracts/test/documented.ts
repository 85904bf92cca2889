import type { oas31 } from "zod-openapi";
import { emitOpenApi } from "../src/emit/openapi.js";
import { operations } from "../src/emit/operations.js";
import { type Procedure, restOf } from "../src/index.js";

export const document = emitOpenApi();

export const components = document.components as Required<oas31.ComponentsObject>;

/** The last part of a reference, or what is not one as it is. */
export const resolve = <T extends object>(node: T | oas31.ReferenceObject, kind: Record<string, unknown>): T =>
  "$ref" in node ? (kind[node.$ref.split("/").at(-1) as string] as T) : node;

export interface Documented {
  name: string;
  procedure: Procedure;
  operation: oas31.OperationObject;
  pathItem: oas31.PathItemObject;
  pointer: string;
}

const segment = (text: string): string => encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));

export const pointerTo = (...path: string[]): string => `#/${path.map(segment).join("/")}`;

/** Every operation of the contract with its place in the document. */
export const documented: Documented[] = operations.map(({ name, procedure }) => {
  const { method, path } = restOf(procedure);
  const template = path.replace(/:(\w+)/g, "{$1}");
  const pathItem = document.paths?.[template] as oas31.PathItemObject;
  const verb = method.toLowerCase() as "get";
  const operation = pathItem[verb] as oas31.OperationObject;
  return { name, procedure, operation, pathItem, pointer: pointerTo("paths", template, verb) };
});

export const bodyOf = (operation: oas31.OperationObject): oas31.RequestBodyObject | undefined =>
  operation.requestBody as oas31.RequestBodyObject | undefined;

export const parametersOf = (operation: oas31.OperationObject): oas31.ParameterObject[] =>
  (operation.parameters ?? []) as oas31.ParameterObject[];

/** Calls `visit` on every object of the document, with the way to it. */
export const everyObject = (
  visit: (node: Record<string, unknown>, path: string) => void,
  node: unknown = document,
  path = "#",
): void => {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node)) visit(node as Record<string, unknown>, path);
  for (const [key, value] of Object.entries(node)) everyObject(visit, value, `${path}/${key}`);
};
