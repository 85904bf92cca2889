import { AppError } from "@vero/contracts";
import {
  countConnections,
  type Database,
  deleteConnection,
  deleteConnectionsOfNode,
  deleteStaleConnections,
  insertConnection,
  lockUser,
  renewConnections,
} from "@vero/db";
import type { Actor } from "@vero/server";
import { v7 as uuidv7 } from "uuid";

const maxSocketsPerUser = 10;

export type PresenceService = ReturnType<typeof createPresence>;

/** Who has a socket open, on whichever node: rows that each node renews and that expire with it. */
export function createPresence({ database }: { database: Database }) {
  const db = database.executor;
  const nodeId = uuidv7();
  return {
    arrive: (id: string, { tenant_id, user_id }: Actor): Promise<void> =>
      database.transaction(async (tx) => {
        // Of those who arrive at once, each counts those before.
        await lockUser(tx, tenant_id, user_id);
        if ((await countConnections(tx, tenant_id, user_id)) >= maxSocketsPerUser) {
          throw new AppError("rate_limited", { detail: `At most ${maxSocketsPerUser} sockets a user.` });
        }
        await insertConnection(tx, { tenant_id, user_id, id, node_id: nodeId });
      }),
    depart: (id: string, { tenant_id, user_id }: Actor) => deleteConnection(db, tenant_id, user_id, id),
    async renew(): Promise<void> {
      await renewConnections(db, nodeId);
      await deleteStaleConnections(db);
    },
    leave: () => deleteConnectionsOfNode(db, nodeId),
  };
}
