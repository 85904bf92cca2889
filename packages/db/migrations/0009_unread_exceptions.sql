DROP INDEX "message_hides_by_state";--> statement-breakpoint
ALTER TABLE "message_hides" ADD COLUMN "conversation_id" uuid;--> statement-breakpoint
ALTER TABLE "message_hides" ADD COLUMN "seq" bigint;--> statement-breakpoint
UPDATE "message_hides" SET "conversation_id" = "messages"."conversation_id", "seq" = "messages"."seq" FROM "messages" WHERE "messages"."tenant_id" = "message_hides"."tenant_id" AND "messages"."id" = "message_hides"."message_id";--> statement-breakpoint
ALTER TABLE "message_hides" ALTER COLUMN "conversation_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "message_hides" ALTER COLUMN "seq" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "messages_unread_for_nobody" ON "messages" USING btree ("tenant_id","conversation_id","seq") WHERE "messages"."type" = 'system' or "messages"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "messages_from_blocked" ON "messages" USING btree ("tenant_id","conversation_id","seq") WHERE "messages"."blocked_by" <> '{}';--> statement-breakpoint
CREATE INDEX "message_hides_by_state" ON "message_hides" USING btree ("tenant_id","user_id","state_seq") WHERE "message_hides"."state_seq" > 0;--> statement-breakpoint
ALTER TABLE "message_hides" ADD CONSTRAINT "message_hides_by_seq" UNIQUE("tenant_id","user_id","conversation_id","seq");