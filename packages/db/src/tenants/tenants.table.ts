import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../connection/columns.js";

export const tenants = pgTable("tenants", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  created_at: instant().notNull().defaultNow(),
});
