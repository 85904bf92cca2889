import { createHmac } from "node:crypto";
import { type Database, deleteStaleNetworks, type Executor, hasNetwork, putNetwork } from "@vero/db";
import { keysFor, limitKeyOf, type Secrets } from "@vero/server";
import type { Owner } from "./sessions.service.js";

/** The maximum of networks that are kept for each user; the one with the oldest sign-in goes first. */
const maxPerUser = 20;
const keptDays = 90;

export type KnownNetworks = ReturnType<typeof createKnownNetworks>;

/**
 * Remembers the networks from which users have signed in: an address, or an IPv6 network of 64 bits. They are stored as
 * an HMAC over user and network, so that a copy of the database reveals neither where somebody was nor who was at the
 * same place.
 */
export function createKnownNetworks({ database, secrets }: { database: Database; secrets: Secrets }) {
  const keys = keysFor(secrets, "vero known networks");
  const hashesOf = ({ tenant_id, user_id }: Owner, ip: string): Buffer[] =>
    keys.map((key) =>
      createHmac("sha256", key)
        .update(`${tenant_id} ${user_id} ${limitKeyOf(ip)}`)
        .digest(),
    );

  return {
    async add(tx: Executor, owner: Owner, ip: string): Promise<void> {
      const [hash] = hashesOf(owner, ip);
      if (hash !== undefined) await putNetwork(tx, { ...owner, network_hash: hash }, { maxPerUser });
    },

    has: (owner: Owner, ip: string): Promise<boolean> =>
      hasNetwork(database.executor, owner, hashesOf(owner, ip), { keptDays }),

    purge: (): Promise<void> => deleteStaleNetworks(database.executor, { keptDays }),
  };
}
