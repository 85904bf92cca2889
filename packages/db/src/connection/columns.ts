import { bigint, customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** Milliseconds, as the API shows them: a value read and sent back compares equal. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

/** bigint, because a counter that overflows is worse than four bytes; safe as a JavaScript number up to 2^53. */
export const counter = () => bigint({ mode: "number" });

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

export const tenantId = () => uuid().notNull();
