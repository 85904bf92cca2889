import { z } from "zod";

/** Where files are kept. */
export const objectsEnvironment = {
  /** A folder; shared between all messaging services when there are several. */
  VERO_OBJECTS_DIR: z.string().optional(),
};
