DROP INDEX "conversations_one_per_pair";--> statement-breakpoint
DROP INDEX "participants_by_state";--> statement-breakpoint
DROP INDEX "participants_by_change";--> statement-breakpoint
DROP INDEX "users_by_phone";--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_one_per_pair" ON "conversations" USING btree ("tenant_id","direct_key") WHERE "conversations"."deleted_at" is null and "conversations"."direct_key" is not null;--> statement-breakpoint
CREATE INDEX "participants_by_state" ON "participants" USING btree ("tenant_id","user_id","state_seq") WHERE "participants"."state_seq" > 0;--> statement-breakpoint
CREATE INDEX "participants_by_change" ON "participants" USING btree ("tenant_id","conversation_id","change_seq") WHERE "participants"."change_seq" > 0;--> statement-breakpoint
CREATE INDEX "users_by_phone" ON "users" USING btree ("tenant_id","phone") WHERE "users"."phone" is not null;