import { bind, msgsrvContract } from "@vero/contracts";
import type { BasesOf } from "@vero/server";
import type { ConfirmingService } from "./media.confirm.js";
import type { MediaService } from "./media.uploads.js";

export interface MediaContext {
  media: MediaService;
  confirming: ConfirmingService;
}

export const mediaRouter = (bases: BasesOf<MediaContext>) =>
  bind("media", msgsrvContract.media, bases, {
    create_upload_url: ({ ctx, input }) => ctx.media.createUploadUrl(ctx.actor, input),
    confirm: ({ ctx, input }) => ctx.confirming.confirm(ctx.actor, input),
    get: ({ ctx, input }) => ctx.media.get(ctx.actor, input.id),
  });
