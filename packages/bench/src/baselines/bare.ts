import Fastify from "fastify";
import postgres from "postgres";
import { z } from "zod";
import { reportUrl } from "./child.js";

/** The least that a request with a query can cost with these libraries: a route, a validated input, `SELECT 1`. */
const sql = postgres(process.env["DATABASE_URL"] as string, { max: 12 });
const app = Fastify();
const input = z.object({ limit: z.coerce.number().int().min(1).max(100) });

app.get("/one", async ({ query }) => {
  const { limit } = input.parse(query);
  return { limit, rows: await sql`select 1 as one` };
});

reportUrl(await app.listen({ host: "127.0.0.1", port: 0 }));
