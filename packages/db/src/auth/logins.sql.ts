import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { type UserKey, users } from "../users/users.table.js";
import { logins } from "./auth.table.js";

export interface LoginRow {
  email: string;
  tenant_id: string;
  user_id: string;
  password_hash: string;
  is_active: boolean;
}

const columns = {
  email: logins.email,
  tenant_id: logins.tenant_id,
  user_id: logins.user_id,
  password_hash: logins.password_hash,
  is_active: sql<boolean>`${users.deactivated_at} is null`,
};

const withUser = and(eq(users.tenant_id, logins.tenant_id), eq(users.id, logins.user_id));

export async function getLogin(db: Executor, email: string): Promise<LoginRow | undefined> {
  const [row] = await db.select(columns).from(logins).innerJoin(users, withUser).where(eq(logins.email, email));
  return row;
}

/**
 * Locks a login and its user against a change of password, deactivation or deletion until the transaction ends; others
 * may hold the same lock.
 */
export async function lockLogin(db: Executor, email: string): Promise<LoginRow | undefined> {
  const [row] = await db
    .select(columns)
    .from(logins)
    .innerJoin(users, withUser)
    .where(eq(logins.email, email))
    .for("share");
  return row;
}

/**
 * Locks the login that holds an address until the transaction ends. It is taken before any lock of users or sessions.
 */
export async function lockAddress(
  db: Executor,
  email: string,
): Promise<{ tenant_id: string; user_id: string; verified_at: Date | null } | undefined> {
  const { tenant_id, user_id, verified_at } = logins;
  const [row] = await db
    .select({ tenant_id, user_id, verified_at })
    .from(logins)
    .where(eq(logins.email, email))
    .for("update");
  return row;
}

export const deleteLogin = async (db: Executor, email: string): Promise<void> => {
  await db.delete(logins).where(eq(logins.email, email));
};

export async function getLoginOfUser(db: Executor, { tenant_id, user_id }: UserKey): Promise<LoginRow | undefined> {
  const [row] = await db
    .select(columns)
    .from(logins)
    .innerJoin(users, withUser)
    .where(and(eq(logins.tenant_id, tenant_id), eq(logins.user_id, user_id)));
  return row;
}

/** Inserts a login; false when the email is taken. */
export async function insertLogin(
  db: Executor,
  { isVerified, ...login }: Omit<typeof logins.$inferInsert, "verified_at"> & { isVerified: boolean },
): Promise<boolean> {
  const rows = await db
    .insert(logins)
    .values({ ...login, ...(isVerified ? { verified_at: sql`now()` } : {}) })
    .onConflictDoNothing()
    .returning({ email: logins.email });
  return rows.length > 0;
}

/** Changes the password; false when it is no longer the one that the caller has verified. */
export async function setPasswordHash(
  db: Executor,
  verified: Pick<LoginRow, "email" | "password_hash">,
  passwordHash: string,
): Promise<boolean> {
  const rows = await db
    .update(logins)
    .set({ password_hash: passwordHash, password_changed_at: sql`now()` })
    .where(and(eq(logins.email, verified.email), eq(logins.password_hash, verified.password_hash)))
    .returning({ email: logins.email });
  return rows.length > 0;
}
