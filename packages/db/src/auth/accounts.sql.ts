import { and, eq } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { query } from "../connection/statement.js";
import type { TenantRow } from "../tenants/tenants.sql.js";
import { tenants } from "../tenants/tenants.table.js";
import { type UserRow, userColumns } from "../users/users.sql.js";
import { type UserKey, users } from "../users/users.table.js";
import { logins } from "./auth.table.js";

/** A user with the address of their login and their workspace. */
export interface Account {
  user: UserRow;
  tenant: TenantRow;
  email: string;
}

const accountById = query<UserKey, Account>((db, value) =>
  db
    .select({ user: userColumns, tenant: tenants, email: logins.email })
    .from(users)
    .innerJoin(tenants, eq(tenants.id, users.tenant_id))
    .innerJoin(logins, and(eq(logins.tenant_id, users.tenant_id), eq(logins.user_id, users.id)))
    .where(and(eq(users.tenant_id, value("tenant_id")), eq(users.id, value("user_id")))),
);

/** Gets what a user is shown of themselves; undefined for a user without a login. */
export async function getAccount(db: Executor, { tenant_id, user_id }: UserKey): Promise<Account | undefined> {
  const [row] = await accountById(db, { tenant_id, user_id });
  return row;
}
