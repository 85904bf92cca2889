import type { oas31 } from "zod-openapi";
import { type ErrorCode, errorTable } from "../kernel/errors.js";
import { exampleProblem, requestIdHeader } from "./conventions.js";

const pascal = (code: string): string =>
  code
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

export const requestIdHeaders = { [requestIdHeader]: header(requestIdHeader) };

const retryHeaders = { "Retry-After": header("Retry-After") };
const rateHeaders = {
  "RateLimit-Limit": header("RateLimit-Limit"),
  "RateLimit-Remaining": header("RateLimit-Remaining"),
  "RateLimit-Reset": header("RateLimit-Reset"),
};

const headersOf = (status: number): oas31.HeadersObject => ({
  ...requestIdHeaders,
  ...(status === 429 || status === 503 ? retryHeaders : {}),
  ...(status === 429 ? rateHeaders : {}),
});

/** Which codes come with which status, both in the order of the statuses. */
export const codesByStatus = (codes: readonly ErrorCode[]): [number, ErrorCode[]][] => {
  const statuses = [...new Set(codes.map((code) => errorTable[code].status))].sort((a, b) => a - b);
  return statuses.map((status) => [status, codes.filter((code) => errorTable[code].status === status)]);
};

/** Operations that answer a status with the same codes share the response. */
export const responseName = (codes: readonly ErrorCode[]): string => codes.map(pascal).join("Or");

/** One model for all, so that every generator makes one type of it; which codes are meant is said beside it. */
export const problemResponse = (status: number, codes: readonly ErrorCode[]): oas31.ResponseObject => ({
  "x-error-codes": [...codes],
  description: codes.map((code) => `\`${code}\`: ${errorTable[code].title}.`).join("\n\n"),
  headers: headersOf(status),
  content: {
    "application/problem+json": {
      schema: { $ref: "#/components/schemas/Problem" },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
});

export const problemExamples = (codes: Iterable<ErrorCode>): oas31.ExamplesObject =>
  Object.fromEntries([...codes].sort().map((code) => [code, { value: exampleProblem(code) }]));

const seconds = { type: "integer", minimum: 0 } as const;

export const headers: oas31.HeadersObject = {
  [requestIdHeader]: {
    description: "The id of the request, as sent or as made by the service; name it when you report a problem.",
    required: true,
    schema: { type: "string", minLength: 1, maxLength: 128 },
  },
  "Retry-After": { description: "Seconds after which the same call may succeed.", schema: seconds },
  "RateLimit-Limit": { description: "Calls that the window admits.", schema: seconds },
  "RateLimit-Remaining": { description: "Calls that are left in the window.", schema: seconds },
  "RateLimit-Reset": { description: "Seconds until the window is full again.", schema: seconds },
};
