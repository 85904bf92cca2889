import { eq } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { tenants } from "./tenants.table.js";

export type TenantRow = typeof tenants.$inferSelect;

export async function insertTenant(db: Executor, tenant: typeof tenants.$inferInsert): Promise<TenantRow | undefined> {
  const [row] = await db.insert(tenants).values(tenant).onConflictDoNothing({ target: tenants.slug }).returning();
  return row;
}

export async function getTenant(db: Executor, tenantId: string): Promise<TenantRow | undefined> {
  const [row] = await db.select().from(tenants).where(eq(tenants.id, tenantId));
  return row;
}
