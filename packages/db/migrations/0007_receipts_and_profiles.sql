CREATE TABLE "receipt_counters" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"last_receipt_seq" bigint NOT NULL,
	CONSTRAINT "receipt_counters_tenant_id_conversation_id_pk" PRIMARY KEY("tenant_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "profile_counters" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"last_profile_seq" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "receipt_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "block_marks" ADD COLUMN "blocker_receipt_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "block_marks" ADD COLUMN "blocked_receipt_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "profile_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "receipt_counters" ADD CONSTRAINT "receipt_counters_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profile_counters" ADD CONSTRAINT "profile_counters_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "participants_by_receipt" ON "participants" USING btree ("tenant_id","conversation_id","receipt_seq") WHERE "participants"."receipt_seq" > 0;--> statement-breakpoint
CREATE INDEX "users_by_profile_change" ON "users" USING btree ("tenant_id","profile_seq") WHERE "users"."profile_seq" > 0;