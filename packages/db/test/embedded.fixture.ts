import postgres from "postgres";
import { startEmbedded } from "../src/embedded/embedded.js";

// A process that owns an embedded PostgreSQL, for tests that kill it. It reports in lines of JSON.
const report = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const embedded = await startEmbedded(JSON.parse(process.argv[2] ?? ""));
  process.once("SIGINT", async () => {
    const sql = postgres(embedded.url, { max: 1 });
    const [row] = await sql`SELECT 42 AS answer`;
    await sql.end();
    await embedded.stop();
    report({ drained: row?.["answer"] });
  });
  process.once("SIGTERM", () => process.exit(0));
  report({ url: embedded.url });
} catch (error) {
  const { name, message } = error as Error;
  report({ error: name, message });
}
