CREATE TYPE "public"."media_status" AS ENUM('pending', 'ready', 'rejected');--> statement-breakpoint
CREATE TABLE "attachments" (
	"tenant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"media_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	CONSTRAINT "attachments_tenant_id_message_id_position_pk" PRIMARY KEY("tenant_id","message_id","position"),
	CONSTRAINT "attachments_once" UNIQUE("tenant_id","message_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "conversation_removals" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	CONSTRAINT "conversation_removals_tenant_id_conversation_id_pk" PRIMARY KEY("tenant_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"uploader_id" uuid NOT NULL,
	"status" "media_status" DEFAULT 'pending' NOT NULL,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text,
	"width" integer,
	"height" integer,
	"upload_key" text NOT NULL,
	"object_key" text,
	"thumbnail_key" text,
	"rejection" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"upload_expires_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "media_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "media_ready" CHECK (("media"."status" = 'ready') = ("media"."object_key" is not null)),
	CONSTRAINT "media_rejected" CHECK (("media"."status" = 'rejected') = ("media"."rejection" is not null))
);
--> statement-breakpoint
CREATE TABLE "object_removals" (
	"tenant_id" uuid NOT NULL,
	"key" text NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "object_removals_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_message_id_messages_tenant_id_id_fk" FOREIGN KEY ("tenant_id","message_id") REFERENCES "public"."messages"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_media_id_media_tenant_id_id_fk" FOREIGN KEY ("tenant_id","media_id") REFERENCES "public"."media"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_removals" ADD CONSTRAINT "conversation_removals_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_tenant_id_uploader_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","uploader_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "object_removals" ADD CONSTRAINT "object_removals_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachments_by_media" ON "attachments" USING btree ("tenant_id","media_id");--> statement-breakpoint
CREATE INDEX "attachments_by_conversation" ON "attachments" USING btree ("tenant_id","conversation_id");--> statement-breakpoint
CREATE INDEX "media_pending" ON "media" USING btree ("tenant_id","uploader_id") WHERE "media"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "media_unconfirmed" ON "media" USING btree ("created_at") WHERE "media"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "object_removals_due" ON "object_removals" USING btree ("due_at");