-- Puts the tenant and the conversation into the index of words; part of every PostgreSQL, and a trusted extension.
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
CREATE TYPE "public"."left_reason" AS ENUM('removed', 'left');--> statement-breakpoint
CREATE TABLE "forwards" (
	"tenant_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"client_forward_id" text NOT NULL,
	"content_hash" text NOT NULL,
	CONSTRAINT "forwards_tenant_id_sender_id_client_forward_id_pk" PRIMARY KEY("tenant_id","sender_id","client_forward_id")
);
--> statement-breakpoint
CREATE TABLE "message_edits" (
	"tenant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"change_seq" bigint NOT NULL,
	"text" text NOT NULL,
	"replaced_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_edits_tenant_id_message_id_change_seq_pk" PRIMARY KEY("tenant_id","message_id","change_seq")
);
--> statement-breakpoint
CREATE TABLE "message_hides" (
	"tenant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"state_seq" bigint NOT NULL,
	CONSTRAINT "message_hides_tenant_id_message_id_user_id_pk" PRIMARY KEY("tenant_id","message_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "reactions" (
	"tenant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"emoji" text NOT NULL,
	"change_seq" bigint NOT NULL,
	CONSTRAINT "reactions_tenant_id_message_id_user_id_emoji_pk" PRIMARY KEY("tenant_id","message_id","user_id","emoji")
);
--> statement-breakpoint
CREATE TABLE "personal_counters" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"last_state_seq" bigint NOT NULL,
	CONSTRAINT "personal_counters_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "info_change_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "system" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "forwarded_from" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "client_forward_id" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "search" "tsvector";--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "left_reason" "left_reason";--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "change_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "joined_change_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "state_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "listed_state_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "forwards" ADD CONSTRAINT "forwards_tenant_id_sender_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","sender_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_edits" ADD CONSTRAINT "message_edits_tenant_id_message_id_messages_tenant_id_id_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_hides" ADD CONSTRAINT "message_hides_tenant_id_message_id_messages_tenant_id_id_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_hides" ADD CONSTRAINT "message_hides_tenant_id_user_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_tenant_id_message_id_messages_tenant_id_id_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_tenant_id_user_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_counters" ADD CONSTRAINT "personal_counters_tenant_id_user_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_hides_by_state" ON "message_hides" USING btree ("tenant_id","user_id","state_seq");--> statement-breakpoint
CREATE INDEX "messages_by_forward_id" ON "messages" USING btree ("tenant_id","conversation_id","sender_id","client_forward_id") WHERE "messages"."client_forward_id" is not null;--> statement-breakpoint
CREATE INDEX "messages_without_words" ON "messages" USING btree ("tenant_id","id") WHERE "messages"."search" is null and "messages"."text" is not null;--> statement-breakpoint
CREATE INDEX "messages_by_word" ON "messages" USING gin ("tenant_id","conversation_id","search");--> statement-breakpoint
CREATE INDEX "participants_by_state" ON "participants" USING btree ("tenant_id","user_id","state_seq");--> statement-breakpoint
CREATE INDEX "participants_by_change" ON "participants" USING btree ("tenant_id","conversation_id","change_seq");--> statement-breakpoint
CREATE INDEX "participants_hidden" ON "participants" USING btree ("tenant_id","conversation_id") WHERE "participants"."is_hidden";--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_system" CHECK (("messages"."type" = 'system') = ("messages"."system" is not null));--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_left" CHECK (("participants"."left_at" is null) = ("participants"."left_reason" is null));