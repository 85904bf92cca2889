import { bigint, customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** Milliseconds, as the API shows them: a value read and sent back compares equal. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

/** bigint, because a counter that overflows is worse than four bytes; safe as a JavaScript number up to 2^53. */
export const counter = () => bigint({ mode: "number" });

/** Compared by code point, whatever the locale of the database: what was sorted before is sorted the same after. */
export const plainText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

export const tenantId = () => uuid().notNull();
