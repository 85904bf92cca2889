import {
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, tenantId } from "../connection/columns.js";
import { tenantRole, users } from "../users/users.table.js";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Logins map an email to a tenant and a user: the only table that is looked up before the tenant is known. */
export const logins = pgTable(
  "logins",
  {
    /** In lower case. */
    email: text().primaryKey(),
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    password_hash: text().notNull(),
    password_changed_at: instant().notNull().defaultNow(),
    /** The time at which the address was proved, by signing up with an invite issued to it; null when it never was. */
    verified_at: instant(),
  },
  (table) => [
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    uniqueIndex("logins_by_user").on(table.tenant_id, table.user_id),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    /** SHA-256 of the current refresh secret; the secret itself is never stored. */
    refresh_hash: bytea().notNull(),
    /** The number of the current refresh secret in its session, from 0. */
    generation: integer().notNull().default(0),
    /**
     * SHA-256 of the secret before. It is still accepted until the current one has been used, and shortly after the
     * rotation, since the answer that carried the current one may have been lost.
     */
    previous_hash: bytea(),
    /** The newest generation whose access token has been presented. */
    used_generation: integer().notNull().default(0),
    rotated_at: instant().notNull().defaultNow(),
    /** The idle end, which every use moves; `ends_at` is the absolute one and never moves. */
    expires_at: instant().notNull(),
    ends_at: instant().notNull(),
    revoked_at: instant(),
    ip: text(),
    user_agent: text(),
    created_at: instant().notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("sessions_by_user").on(table.tenant_id, table.user_id),
    index("sessions_by_expiry").on(table.expires_at),
  ],
);

/** The networks that a user has signed in from. Failed logins from elsewhere do not lock the user out of these. */
export const knownNetworks = pgTable(
  "known_networks",
  {
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    /**
     * An HMAC of the user and the network (an IPv4 address or an IPv6 /64), under a key derived from the deployment's
     * secret.
     */
    network_hash: bytea().notNull(),
    last_login_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id, table.network_hash] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("known_networks_by_age").on(table.last_login_at),
  ],
);

export const invites = pgTable(
  "invites",
  {
    tenant_id: tenantId(),
    id: uuid().notNull(),
    token_hash: bytea().notNull().unique(),
    role: tenantRole().notNull(),
    email: text(),
    created_by: uuid().notNull(),
    created_at: instant().notNull().defaultNow(),
    expires_at: instant().notNull(),
    used_at: instant(),
    used_by: uuid(),
    revoked_at: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.created_by], foreignColumns: [users.tenant_id, users.id] }),
    foreignKey({ columns: [table.tenant_id, table.used_by], foreignColumns: [users.tenant_id, users.id] }),
    index("invites_by_creator").on(table.created_by, table.tenant_id),
  ],
);

/** The keys that sign access tokens. The private half is encrypted with the deployment's secret. */
export const signingKeys = pgTable("signing_keys", {
  kid: text().primaryKey(),
  public_jwk: jsonb().notNull().$type<Record<string, unknown>>(),
  /** A JWE (RFC 7516). */
  private_jwe: text().notNull(),
  /**
   * A key is published from its creation on but signs only from here on, so that verifiers have it before they need it.
   */
  active_from: instant().notNull(),
  created_at: instant().notNull().defaultNow(),
});
