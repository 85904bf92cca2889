import { AppError, type ErrorCode, errorTable, type Media, type msgsrvContract } from "@vero/contracts";
import {
  addRemovals,
  cancelRemovals,
  type Database,
  Deadline,
  getOwnMedia,
  type MediaRow,
  setMediaReady,
  setMediaRejected,
  withDeadline,
} from "@vero/db";
import { type Actor, type Logger, longestTransferMs, type ObjectStore } from "@vero/server";
import type { z } from "zod";
import type { PublishEvents } from "../events/events.publisher.js";
import type { Links } from "../views/file-urls.js";
import type { Images } from "./images.js";
import type { AttachingService } from "./media.attach.js";
import { type Checked, createChecking } from "./media.check.js";

type Input = z.output<typeof msgsrvContract.media.confirm.input>;

/**
 * The deadline of a check. It is longer than that of the call: after the client was answered with 503, the check goes
 * on and holds the slot of its user, and a repeated call answers its outcome.
 */
const checkDeadlineMs = 5 * 60_000;

/** Returns the time by which an upload that began in the last moment of its URL has ended. */
const lastPutOf = (expiresAt: Date): Date => new Date(expiresAt.getTime() + longestTransferMs);

/** Tells whether an error is final, so that trying again cannot succeed. */
const isFinal = (error: unknown): error is AppError => error instanceof AppError && error.status === 422;

export interface ConfirmingDeps {
  database: Database;
  objects: ObjectStore;
  images: Pick<Images, "inFolder" | "clean">;
  publish: PublishEvents;
  links: Pick<Links, "media">;
  attaching: AttachingService;
  log: Pick<Logger, "warn">;
}

export type ConfirmingService = ReturnType<typeof createConfirming>;

/** Creates the service that checks uploads and makes them files that can be sent. */
export function createConfirming({ database, objects, images, publish, links, attaching, log }: ConfirmingDeps) {
  const check = createChecking({ database, objects, images });

  function publishOutcome(type: "media.ready" | "media.rejected", row: MediaRow): Promise<void> {
    const { tenant_id, uploader_id: user_id } = row;
    const at = (row.confirmed_at ?? row.created_at).toISOString();
    return publish([{ to: "user", user_id, event: { type, tenant_id, at, data: { media: row } } }]);
  }

  /** Deletes the upload, and queues it for deletion again when its URL expires. */
  async function forgetUpload({ upload_key }: MediaRow): Promise<void> {
    await objects.delete([upload_key]).catch((err: unknown) => {
      log.warn({ err }, "an upload could not be removed; it will be when its URL has expired");
    });
  }

  /** Returns the row as another, faster confirmation has left it. */
  async function outcome({ tenant_id, id, uploader_id }: MediaRow): Promise<MediaRow> {
    const row = await getOwnMedia(database.executor, { tenant_id, id, uploader_id });
    if (row === undefined) throw new AppError("media_not_found");
    // The objects of this confirmation have been deleted, or are about to be.
    if (row.status === "pending") throw new AppError("unavailable", { retryAfter: 1 });
    return row;
  }

  async function accept(row: MediaRow, checked: Checked): Promise<MediaRow> {
    const { tenant_id, upload_key, upload_expires_at } = row;
    const keys = [checked.object_key, ...(checked.thumbnail_key === null ? [] : [checked.thumbnail_key])];
    const ready = await database.transaction(async (tx) => {
      const changed = await setMediaReady(tx, row, checked);
      if (changed === undefined) return undefined;
      if (!(await cancelRemovals(tx, tenant_id, keys))) throw new AppError("unavailable", { retryAfter: 1 });
      await addRemovals(tx, tenant_id, [upload_key], lastPutOf(upload_expires_at));
      return changed;
    });
    if (ready === undefined) return outcome(row);
    await Promise.all([publishOutcome("media.ready", ready), forgetUpload(row)]);
    return ready;
  }

  async function reject(row: MediaRow, { code }: AppError): Promise<MediaRow> {
    const rejected = await database.transaction(async (tx) => {
      const changed = await setMediaRejected(tx, row, code);
      if (changed !== undefined)
        await addRemovals(tx, row.tenant_id, [row.upload_key], lastPutOf(row.upload_expires_at));
      return changed;
    });
    if (rejected === undefined) return outcome(row);
    await Promise.all([publishOutcome("media.rejected", rejected), forgetUpload(row)]);
    return rejected;
  }

  async function checkAndDecide(row: MediaRow): Promise<MediaRow> {
    let checked: Checked;
    try {
      checked = await check(row);
    } catch (error) {
      if (!isFinal(error)) throw error;
      return reject(row, error);
    }
    return accept(row, checked);
  }

  return {
    async confirm(actor: Actor, { id, message_id }: Input): Promise<Media> {
      const row = await getOwnMedia(database.executor, {
        tenant_id: actor.tenant_id,
        id,
        uploader_id: actor.user_id,
      });
      if (row === undefined) throw new AppError("media_not_found");
      // Before the check, so that a file which cannot be attached is not confirmed.
      const target = message_id === undefined ? undefined : await attaching.find(actor, message_id);
      const decided =
        row.status === "pending" ? await withDeadline(new Deadline(checkDeadlineMs), () => checkAndDecide(row)) : row;
      if (decided.rejection !== null) throw rejectionOf(decided.rejection);
      if (target !== undefined) await attaching.attach(actor, target, id);
      return links.media(decided);
    },
  };
}

const rejectionOf = (code: string): AppError =>
  new AppError(code in errorTable ? (code as ErrorCode) : "content_type_mismatch");
