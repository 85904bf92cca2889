import { bigint, customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** A timestamp column with the API's precision of milliseconds: a value that a client sends back compares equal. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

/** A bigint column for counters, since a 32-bit one could overflow. It is exact as a JavaScript number up to 2^53. */
export const counter = () => bigint({ mode: "number" });

/**
 * A text column that sorts by code point, whatever the database's locale: sorted pages and indexes stay valid when the
 * system's collation changes.
 */
export const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

export const tenantId = () => uuid().notNull();
