import { z } from "zod";
import { type ErrorCode, errorTable } from "./errors.js";
import { named } from "./fields.js";
import { type IssueCode, issueTable } from "./issues.js";

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
const issueCodes = Object.keys(issueTable) as [IssueCode, ...IssueCode[]];

const issueCode = named("IssueCode", "Every rule that an input can break.", z.enum(issueCodes));

const problemIssue = named(
  "ProblemIssue",
  "One reason why an input was refused.",
  z.strictObject({
    path: z.string().describe("Where in the input, dotted: participant_ids.0"),
    code: issueCode.describe("Which rule; stable."),
    message: z.string().describe("For people."),
  }),
);

const errorCode = named(
  "ErrorCode",
  "Every code that any operation may answer with; `x-error-codes` lists those of each.",
  z.enum(codes),
);

/** The body of every error on every transport, as RFC 9457 problem details. */
export const problem = named(
  "Problem",
  "RFC 9457 problem details.",
  z.strictObject({
    type: z.string().describe("A URI reference that names the kind of problem: /problems/<code>."),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    code: errorCode.describe("Stable; branch on this."),
    request_id: z.string(),
    errors: z.array(problemIssue).optional(),
  }),
);
export type Problem = z.infer<typeof problem>;
