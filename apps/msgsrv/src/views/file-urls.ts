import { AppError, type Conversation, type Media, type Message } from "@vero/contracts";
import type { StoredFile } from "@vero/db";
import type { DownloadTerms, ObjectStore, SharedMessage } from "@vero/server";
import { LRUCache } from "lru-cache";
import type { StoredConversation } from "./conversations.view.js";
import { dispositionOf, type FileUrls, toMedia } from "./media.view.js";
import type { StoredMessage } from "./messages.view.js";

/** URLs made within one window of time are the same, and valid for so long after its end. */
const windowMs = 5 * 60_000;
const validMs = 15 * 60_000;

const maxRememberedUrls = 10_000;

const expiryOf = (now: number): Date => new Date((Math.floor(now / windowMs) + 1) * windowMs + validMs);

export type Links = ReturnType<typeof createLinks>;

/**
 * Makes the URLs of files when answers and events leave the service. Signing may take time, so no transaction is to
 * wait for it.
 */
export function createLinks({ objects }: { objects: Pick<ObjectStore, "signDownload"> }) {
  /**
   * Signed URLs by key and expiry: a store may sign the same twice differently, and clients would load the file twice.
   */
  const known = new LRUCache<string, Promise<string>>({ max: maxRememberedUrls });

  function signed(key: string, terms: DownloadTerms): Promise<string> {
    const at = `${terms.expires_at.getTime()} ${key}`;
    const before = known.get(at);
    if (before !== undefined) return before;
    const url = objects.signDownload(key, terms).catch((cause: unknown) => {
      known.delete(at);
      throw new AppError("unavailable", { cause, retryAfter: 1 });
    });
    known.set(at, url);
    return url;
  }

  async function urlsOf(file: StoredFile): Promise<FileUrls | undefined> {
    if (file.object_key === null) return undefined;
    const expires_at = expiryOf(Date.now());
    const { file_name, content_type, thumbnail_key } = file;
    const disposition = dispositionOf(content_type);
    const [cdn_url, thumbnail_url] = await Promise.all([
      signed(file.object_key, { file_name, content_type, disposition, expires_at }),
      thumbnail_key === null
        ? null
        : signed(thumbnail_key, {
            file_name: `${file_name}.webp`,
            content_type: "image/webp",
            disposition: "inline",
            expires_at,
          }),
    ]);
    return { cdn_url, thumbnail_url, urls_expire_at: expires_at.toISOString() };
  }

  const media = async (file: StoredFile): Promise<Media> => toMedia(file, await urlsOf(file));

  const message = async (stored: StoredMessage): Promise<Message> => ({
    ...stored,
    attachments: await Promise.all(stored.attachments.map(media)),
  });

  const conversation = async (stored: StoredConversation): Promise<Conversation> => ({
    ...stored,
    last_message: stored.last_message && (await message(stored.last_message)),
  });

  return {
    media,
    message,
    messages: (all: readonly StoredMessage[]): Promise<Message[]> => Promise.all(all.map(message)),
    conversations: (all: readonly StoredConversation[]): Promise<Conversation[]> => Promise.all(all.map(conversation)),
    shared: async (shared: SharedMessage<StoredFile>): Promise<SharedMessage> => ({
      ...shared,
      message: await message(shared.message),
    }),
  };
}
