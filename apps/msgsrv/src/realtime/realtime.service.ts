import { AppError } from "@vero/contracts";
import {
  closeAllConnections,
  closeConnection,
  closeConnectionsOfNode,
  countConnections,
  type Database,
  insertConnection,
  lockLeavingUsers,
  lockUser,
  type Present,
  removeExpiredConnections,
  renewConnections,
} from "@vero/db";
import { type Actor, type Bus, channelOf, type Logger } from "@vero/server";
import { v7 as uuidv7 } from "uuid";

const maxSocketsPerUser = 10;
/** A node renews its rows every ten seconds: one renewal may fail, and the next one be late. */
const livesSeconds = 25;
/** Users at once. */
const mostLeaving = 500;
/** A node that has renewed nothing for so long was not the only one to be late, in milliseconds … */
const lateMs = 15_000;
/** … so it gives the others so long to renew theirs before it takes anybody for gone. */
const graceMs = 12_000;

export type PresenceService = ReturnType<typeof createPresence>;

export interface PresenceDeps {
  database: Database;
  bus: Pick<Bus, "publish">;
  log: Logger;
  /** How long after their last socket has closed users are still online. */
  offlineAfterSeconds: number;
  /** No other process serves sockets: whatever the database knows of sockets at the start was left behind. */
  isOnlyNode?: boolean;
}

/**
 * Who has a socket open, on whichever node: rows that each node renews, and that any node removes when they have
 * expired. Who writes a user's first row or removes the last one says that the user came or went; both hold the user
 * meanwhile, so that it is said once.
 */
export function createPresence({ database, bus, log, offlineAfterSeconds, isOnlyNode = false }: PresenceDeps) {
  const db = database.executor;
  const nodeId = uuidv7();
  /** The sockets that are here. */
  const here = new Map<string, Present>();
  let renewedAt = Date.now();
  let heldOffUntil = 0;

  // Or else a user with many sockets could not come back to a node that crashed, until the rows have expired.
  const begun = isOnlyNode
    ? closeAllConnections(db, offlineAfterSeconds).catch((err: unknown) =>
        log.warn({ err }, "sockets left behind could not be closed"),
      )
    : Promise.resolve();

  function announce({ tenant_id, user_id }: Present): void {
    const at = new Date().toISOString();
    bus.publish(channelOf.tenant(tenant_id), { type: "presence.changed", tenant_id, user_id, at });
  }

  async function enter(id: string, { tenant_id, user_id }: Present, mostOpen: number): Promise<void> {
    const isNew = await database.transaction(async (tx) => {
      // Of those who arrive at once, each counts those before.
      await lockUser(tx, tenant_id, user_id);
      const { open, all } = await countConnections(tx, tenant_id, user_id);
      if (open >= mostOpen) throw new AppError("rate_limited", { detail: `At most ${mostOpen} sockets a user.` });
      await insertConnection(tx, { tenant_id, user_id, id, node_id: nodeId }, livesSeconds);
      return all === 0;
    });
    if (isNew) announce({ tenant_id, user_id });
  }

  const close = (id: string, { tenant_id, user_id }: Present): Promise<void> =>
    closeConnection(db, { tenant_id, user_id, id }, offlineAfterSeconds);

  async function renew(): Promise<void> {
    const sockets = [...here];
    const ids = sockets.map(([id]) => id);
    const renewed = new Set((await renewConnections(db, nodeId, ids, livesSeconds)).map(({ id }) => id));
    renewedAt = Date.now();
    for (const [id, user] of sockets) {
      if (renewed.has(id) || !here.has(id)) continue;
      // This node was so late that another one took it for dead.
      await enter(id, user, Number.POSITIVE_INFINITY);
      if (!here.has(id)) await close(id, user);
    }
  }

  return {
    async arrive(id: string, { tenant_id, user_id }: Actor): Promise<void> {
      await begun;
      await enter(id, { tenant_id, user_id }, maxSocketsPerUser);
      here.set(id, { tenant_id, user_id });
    },

    async depart(id: string, actor: Actor): Promise<void> {
      here.delete(id);
      await close(id, actor);
    },

    renew,

    /** What is over, of whichever node. Not what only looks so, because the database or this process stood still. */
    async removeExpired(): Promise<void> {
      if (Date.now() - renewedAt > lateMs) {
        await renew();
        heldOffUntil = Date.now() + graceMs;
      }
      if (Date.now() < heldOffUntil) return;
      for (let more = true; more; ) {
        const { leaving, gone } = await database.transaction(async (tx) => {
          const leaving = await lockLeavingUsers(tx, mostLeaving);
          return { leaving, gone: leaving.length === 0 ? [] : await removeExpiredConnections(tx, leaving) };
        });
        for (const user of gone) announce(user);
        more = leaving.length === mostLeaving;
      }
    },

    leave: () => closeConnectionsOfNode(db, nodeId, offlineAfterSeconds),
  };
}
