CREATE TABLE "block_marks" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"blocker_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"blocker_read_seq" bigint NOT NULL,
	"blocked_read_seq" bigint NOT NULL,
	CONSTRAINT "block_marks_tenant_id_blocker_id_blocked_id_conversation_id_pk" PRIMARY KEY("tenant_id","blocker_id","blocked_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "blocks" (
	"tenant_id" uuid NOT NULL,
	"blocker_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"state_seq" bigint NOT NULL,
	CONSTRAINT "blocks_tenant_id_blocker_id_blocked_id_pk" PRIMARY KEY("tenant_id","blocker_id","blocked_id")
);
--> statement-breakpoint
DROP INDEX "participants_hidden";--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "blocked_by" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reactions" ADD COLUMN "withheld_from" uuid;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "known_activity_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "block_marks" ADD CONSTRAINT "block_marks_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "block_marks" ADD CONSTRAINT "block_marks_of_block" FOREIGN KEY ("tenant_id","blocker_id","blocked_id") REFERENCES "public"."blocks"("tenant_id","blocker_id","blocked_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_tenant_id_blocker_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","blocker_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_tenant_id_blocked_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","blocked_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "blocks_by_blocked" ON "blocks" USING btree ("tenant_id","blocked_id");--> statement-breakpoint
CREATE INDEX "blocks_by_state" ON "blocks" USING btree ("tenant_id","blocker_id","state_seq");--> statement-breakpoint
CREATE INDEX "participants_unaware" ON "participants" USING btree ("tenant_id","conversation_id") WHERE "participants"."is_hidden" or "participants"."known_activity_at" is not null;