import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";

export const mediaRouter = (bases: MsgsrvBases) =>
  bind("media", msgsrvContract.media, bases, {
    create_upload_url: ({ ctx, input }) => ctx.media.createUploadUrl(ctx.actor, input),
    confirm: ({ ctx, input }) => ctx.confirming.confirm(ctx.actor, input),
    get: ({ ctx, input }) => ctx.media.get(ctx.actor, input.id),
  });
