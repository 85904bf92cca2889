CREATE TABLE "storage_changes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "storage_changes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "storage_totals" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "storage_usage" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "storage_usage_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "attach_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "storage_changes" ADD CONSTRAINT "storage_changes_tenant_id_user_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_totals" ADD CONSTRAINT "storage_totals_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "storage_usage" ADD CONSTRAINT "storage_usage_tenant_id_user_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_attach_by" ON "media" USING btree ("attach_by") WHERE "media"."attach_by" is not null;
--> statement-breakpoint
-- What is there already counts; and what no message carries has as long from now as what is confirmed from now on.
INSERT INTO "storage_changes" ("tenant_id", "user_id", "bytes") SELECT "tenant_id", "uploader_id", sum("size_bytes") FROM "media" WHERE "status" <> 'rejected' GROUP BY 1, 2;--> statement-breakpoint
UPDATE "media" SET "attach_by" = now() + interval '7 days' WHERE "status" <> 'pending';
