CREATE TYPE "public"."availability" AS ENUM('online', 'busy', 'offline');--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "is_open" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "expires_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_key" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_likeness" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_words" "tsvector";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "availability" "availability" DEFAULT 'online' NOT NULL;--> statement-breakpoint
CREATE INDEX "connections_by_end" ON "connections" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "users_by_name" ON "users" USING btree ("tenant_id",left("name_key", 60),"id") WHERE "users"."deactivated_at" is null;--> statement-breakpoint
CREATE INDEX "users_by_word" ON "users" USING gin ("tenant_id","name_words");--> statement-breakpoint
CREATE INDEX "users_without_words" ON "users" USING btree ("tenant_id","id") WHERE "users"."name_words" is null;