/** The embedded PostgreSQL cannot be used. The message tells the operator why, and what to do. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError";
}

/**
 * Another running instance owns the data folder. Two instances on one cluster would each act as if they were the only
 * one.
 */
export class DataDirInUseError extends EmbeddedPostgresError {
  override name = "DataDirInUseError";

  constructor(readonly dataDir: string) {
    super(`Another Vero Chat is already running on ${dataDir}. Stop it, or set VERO_DATA_DIR to another folder.`);
  }
}
