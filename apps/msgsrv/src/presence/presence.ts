import {
  closeAllConnections,
  closeConnection,
  closeConnectionsOfNode,
  countConnections,
  type Database,
  type Executor,
  insertConnection,
  insertConnectionOnce,
  lockLeavingUsers,
  lockUser,
  removeExpiredConnections,
  removeUsedTokens,
  renewConnections,
  type UserKey,
} from "@vero/db";
import type { Actor, Logger } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { PublishEvents } from "../events/events.publisher.js";
import { SocketRefusal } from "./presence.refusal.js";

const maxSocketsPerUser = 10;
/**
 * Seconds that a row lasts. A node renews its rows every ten seconds: one renewal may fail, and the next one be late.
 */
const livesSeconds = 25;
/** Bounds the users whose expired rows one transaction removes. */
const maxLeavingUsers = 500;
/** Milliseconds without a renewal after which a node assumes that others were late too. */
const lateMs = 15_000;
/** Milliseconds that it then gives the others to renew their rows, before it removes any that have expired. */
const graceMs = 12_000;

export type PresenceService = ReturnType<typeof createPresence>;

export interface PresenceDeps {
  database: Database;
  publish: PublishEvents;
  log: Logger;
  /** How long after their last socket has closed users are still online. */
  offlineAfterSeconds: number;
  /** No other process serves sockets: whatever the database knows of sockets at the start was left behind. */
  isOnlyNode?: boolean;
}

/**
 * Keeps a row for each open socket: its node renews it, and any node removes it when it has expired. The transaction
 * that writes a user's first row or removes the last one decides that the user came or went, which is published after
 * it; both lock the user meanwhile, so that it is published once.
 */
export function createPresence({ database, publish, log, offlineAfterSeconds, isOnlyNode = false }: PresenceDeps) {
  const db = database.executor;
  const nodeId = uuidv7();
  /** The sockets of this node, by the id of their connection. */
  const here = new Map<string, UserKey>();
  let renewedAt = performance.now();
  let heldOffUntil = 0;

  // Rows that a crash has left behind count for the limit of sockets, and would keep a user out until they expire.
  const begun = isOnlyNode
    ? closeAllConnections(db, offlineAfterSeconds).catch((err: unknown) =>
        log.warn({ err }, "sockets left behind could not be closed"),
      )
    : Promise.resolve();

  /** Publishes that the users came or went; each node reads which of the two. */
  const publishPresence = (users: readonly UserKey[]): Promise<void> => {
    const at = new Date().toISOString();
    return publish(
      users.map(({ tenant_id, user_id }) => ({
        to: "tenant",
        event: { type: "presence.changed", tenant_id, user_id, at },
      })),
    );
  };

  async function enter(
    user: UserKey,
    insert: (tx: Executor, counted: { open: number }) => Promise<unknown>,
  ): Promise<void> {
    const isNew = await database.transaction(async (tx) => {
      // Sockets of a user that arrive at once take turns, so that each counts those before it.
      await lockUser(tx, user);
      const counted = await countConnections(tx, user);
      await insert(tx, counted);
      return counted.all === 0;
    });
    if (isNew) await publishPresence([user]);
  }

  const close = (id: string, { tenant_id, user_id }: UserKey): Promise<void> =>
    closeConnection(db, { tenant_id, user_id, id }, offlineAfterSeconds);

  async function renew(): Promise<void> {
    const sockets = [...here];
    const ids = sockets.map(([id]) => id);
    const renewed = new Set((await renewConnections(db, nodeId, ids, livesSeconds)).map(({ id }) => id));
    renewedAt = performance.now();
    for (const [id, user] of sockets) {
      if (renewed.has(id) || !here.has(id)) continue;
      // This node was so late that another one has removed the row.
      await enter(user, (tx) => insertConnection(tx, { ...user, id, node_id: nodeId }, livesSeconds));
      if (!here.has(id)) await close(id, user);
    }
  }

  return {
    /**
     * Notes that a socket has arrived. Throws `SocketRefusal` where the user has too many sockets, or the token has
     * opened one before.
     */
    async arrive(id: string, { tenant_id, user_id }: Actor, tokenId: string): Promise<void> {
      await begun;
      const user = { tenant_id, user_id };
      await enter(user, async (tx, { open }) => {
        if (open >= maxSocketsPerUser) throw new SocketRefusal("connection_limit");
        const connection = { ...user, id, node_id: nodeId, token_id: tokenId };
        if (!(await insertConnectionOnce(tx, connection, livesSeconds))) throw new SocketRefusal("auth_failed");
      });
      here.set(id, user);
    },

    async depart(id: string, actor: Actor): Promise<void> {
      here.delete(id);
      await close(id, actor);
    },

    async renew(): Promise<void> {
      await renew();
      await removeUsedTokens(db);
    },

    /**
     * Removes the expired rows of all nodes and publishes who went. After a stall of the database or of this process it
     * first gives the nodes time to renew rows that only look expired.
     */
    async removeExpired(): Promise<void> {
      if (performance.now() - renewedAt > lateMs) {
        await renew();
        heldOffUntil = performance.now() + graceMs;
      }
      if (performance.now() < heldOffUntil) return;
      for (let more = true; more; ) {
        const { leaving, gone } = await database.transaction(async (tx) => {
          const leaving = await lockLeavingUsers(tx, maxLeavingUsers);
          return { leaving, gone: leaving.length === 0 ? [] : await removeExpiredConnections(tx, leaving) };
        });
        await publishPresence(gone);
        more = leaving.length === maxLeavingUsers;
      }
    },

    leave: () => closeConnectionsOfNode(db, nodeId, offlineAfterSeconds),
  };
}
