import type { msgsrvContract } from "@vero/contracts";
import { type Database, listAgents } from "@vero/db";
import { type Actor, listCursor } from "@vero/server";
import type { z } from "zod";
import { nameKey, toAgent } from "../views/users.view.js";

type ListInput = z.output<(typeof msgsrvContract.users)["list_agents"]["input"]>;

const byName = listCursor("users.list_agents", nameKey);

export type AgentsService = ReturnType<typeof createAgents>;

/** Creates the service that lists agents with their availability and open conversations. */
export function createAgents({ database }: { database: Database }) {
  return {
    async list(actor: Actor, { cursor, limit }: ListInput) {
      const rows = await listAgents(database.executor, actor, byName.query({ limit, cursor }));
      return byName.page(rows, { limit, view: toAgent, keyOf: ({ name, user }) => ({ name, id: user.id }) });
    },
  };
}
