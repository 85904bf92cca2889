import type { msgsrvContract } from "@vero/contracts";
import { type Database, listAgents } from "@vero/db";
import { type Actor, decodeCursor, pageOf } from "@vero/server";
import type { z } from "zod";
import { placeKey, placeOf, toAgent } from "../views/users.view.js";

type ListInput = z.output<(typeof msgsrvContract.users)["list_agents"]["input"]>;

export type AgentsService = ReturnType<typeof createAgents>;

/** Who answers others, and how busy they are. */
export function createAgents({ database }: { database: Database }) {
  return {
    async list({ tenant_id, user_id }: Actor, { cursor, limit }: ListInput) {
      const after = decodeCursor(placeKey, cursor);
      const page = { ...(after && { after: placeOf(after) }), limit: limit + 1 };
      const rows = await listAgents(database.executor, tenant_id, user_id, page);
      return pageOf(rows, limit, toAgent, ({ name, user }) => [name, user.id]);
    },
  };
}
