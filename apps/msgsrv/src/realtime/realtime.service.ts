import { AppError } from "@vero/contracts";
import {
  countConnections,
  type Database,
  deleteAllConnections,
  deleteConnection,
  deleteConnectionsOfNode,
  deleteExpiredConnectionsOfNode,
  deleteStaleConnections,
  insertConnection,
  lockUser,
  renewConnections,
} from "@vero/db";
import type { Actor, Logger } from "@vero/server";
import { v7 as uuidv7 } from "uuid";

const maxSocketsPerUser = 10;

export type PresenceService = ReturnType<typeof createPresence>;

export interface PresenceDeps {
  database: Database;
  log: Logger;
  /** No other process serves sockets: whatever the database knows of sockets at the start was left behind. */
  isOnlyNode?: boolean;
}

/** Who has a socket open, on whichever node: rows that each node renews and that expire with it. */
export function createPresence({ database, log, isOnlyNode = false }: PresenceDeps) {
  const db = database.executor;
  const nodeId = uuidv7();
  /** The sockets that are here. Rows of ours beyond these are not renewed, and so expire. */
  const here = new Set<string>();

  // Or else a user with many sockets could not come back to a node that crashed, until the rows have expired.
  const begun = isOnlyNode
    ? deleteAllConnections(db).catch((err: unknown) => log.warn({ err }, "sockets left behind could not be removed"))
    : Promise.resolve();

  return {
    async arrive(id: string, { tenant_id, user_id }: Actor): Promise<void> {
      await begun;
      here.add(id);
      try {
        await database.transaction(async (tx) => {
          // Of those who arrive at once, each counts those before.
          await lockUser(tx, tenant_id, user_id);
          if ((await countConnections(tx, tenant_id, user_id)) >= maxSocketsPerUser) {
            throw new AppError("rate_limited", { detail: `At most ${maxSocketsPerUser} sockets a user.` });
          }
          await insertConnection(tx, { tenant_id, user_id, id, node_id: nodeId });
        });
      } catch (error) {
        here.delete(id);
        throw error;
      }
    },
    async depart(id: string, { tenant_id, user_id }: Actor): Promise<void> {
      here.delete(id);
      await deleteConnection(db, tenant_id, user_id, id);
    },
    async renew(): Promise<void> {
      await renewConnections(db, nodeId, [...here]);
      await deleteExpiredConnectionsOfNode(db, nodeId);
      await deleteStaleConnections(db);
    },
    leave: () => deleteConnectionsOfNode(db, nodeId),
  };
}
