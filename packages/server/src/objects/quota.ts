import { z } from "zod";
import { wholeNumber } from "../config/environment.js";

const bytes = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** The variables that bound the files that are kept for each user and each workspace, in bytes. */
export const quotaEnvironment = {
  VERO_MAX_BYTES_PER_USER: bytes.default(5_000_000_000),
  VERO_MAX_BYTES_PER_TENANT: bytes.default(100_000_000_000),
};

const schema = z.object(quotaEnvironment);

export const quotaOf = (config: z.output<typeof schema>): { user: number; tenant: number } => ({
  user: config.VERO_MAX_BYTES_PER_USER,
  tenant: config.VERO_MAX_BYTES_PER_TENANT,
});
