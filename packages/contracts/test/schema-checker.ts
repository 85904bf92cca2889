import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/**
 * Judges values by a document's schemas, each named by its pointer (`#/…`), in the dialect of OpenAPI 3.1. Strict, so that a keyword that nobody knows
 * is an error and not a rule that is silently without effect.
 */
export const schemaChecker = (document: object) => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  addFormats(ajv);
  ajv.addVocabulary([...Object.keys(document), "example"]);
  ajv.addSchema({ $id: "document:", ...document } as object, "document:");
  const compiled = new Map<string, ValidateFunction>();
  return (pointer: string, value: unknown): string[] => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document:${pointer}` });
    compiled.set(pointer, validate);
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};
