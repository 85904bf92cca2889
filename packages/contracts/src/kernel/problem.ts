import { z } from "zod";
import { type ErrorCode, errorTable } from "./errors.js";

const codes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/** RFC 9457 problem details: the body of every error, on every transport. */
export const problem = z
  .strictObject({
    type: z.string().describe("A URI reference that names the kind of problem: /problems/<code>."),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(codes).describe("Stable; branch on this."),
    request_id: z.string(),
    errors: z
      .array(
        z.strictObject({
          path: z.string().describe("Where in the input, dotted: participant_ids.0"),
          code: z.string(),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem", outputId: "Problem", unusedIO: "output", description: "RFC 9457 problem details." });
export type Problem = z.infer<typeof problem>;
