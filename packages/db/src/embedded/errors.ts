/** The embedded PostgreSQL cannot be used; the message says why and what to do. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError";
}

/** A live instance owns the data folder: two writers behind one cluster would each believe to be alone. */
export class DataDirInUseError extends EmbeddedPostgresError {
  override name = "DataDirInUseError";

  constructor(readonly dataDir: string) {
    super(`Another Vero Chat is already running on ${dataDir}. Stop it, or set VERO_DATA_DIR to another folder.`);
  }
}
