import { describe, inject } from "vitest";
import { describeStore } from "./suite.js";

describe("objects in S3", () => {
  describeStore({ config: () => ({ VERO_OBJECTS_DIR: "", ...inject("s3"), S3_FORCE_PATH_STYLE: true }) });
});
