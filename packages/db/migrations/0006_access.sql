CREATE TABLE "known_networks" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"network_hash" "bytea" NOT NULL,
	"last_login_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "known_networks_tenant_id_user_id_network_hash_pk" PRIMARY KEY("tenant_id","user_id","network_hash")
);
--> statement-breakpoint
ALTER TABLE "logins" ADD COLUMN "verified_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "used_generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Nothing says whether the tokens in force have been used: as before, only the ones before them count as stale.
UPDATE "sessions" SET "used_generation" = "generation";--> statement-breakpoint
ALTER TABLE "known_networks" ADD CONSTRAINT "known_networks_tenant_id_user_id_users_tenant_id_id_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."users"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_networks_by_age" ON "known_networks" USING btree ("last_login_at");--> statement-breakpoint
CREATE INDEX "invites_by_creator" ON "invites" USING btree ("created_by","tenant_id");--> statement-breakpoint
UPDATE "logins" SET "verified_at" = "invites"."used_at" FROM "invites"
WHERE "invites"."tenant_id" = "logins"."tenant_id" AND "invites"."used_by" = "logins"."user_id" AND "invites"."email" = "logins"."email";--> statement-breakpoint
UPDATE "invites" SET "revoked_at" = now() FROM "users"
WHERE "users"."tenant_id" = "invites"."tenant_id" AND "users"."id" = "invites"."created_by"
	AND "invites"."used_at" IS NULL AND "invites"."revoked_at" IS NULL
	AND ("users"."deactivated_at" IS NOT NULL OR "users"."role" NOT IN ('owner', 'admin') OR ("users"."role" = 'admin' AND "invites"."role" = 'owner'));
