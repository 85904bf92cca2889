import type { Media, Message } from "@vero/contracts";
import type { StoredFile } from "@vero/db";
import {
  type Bus,
  type Channel,
  type ChannelEvents,
  type ConversationBusEvent,
  channelOf,
  type Hint,
  type Logger,
  type MessageWith,
  type UserBusEvent,
} from "@vero/server";
import { publish } from "@vero/server/publish";
import type { PendingEvent } from "./events.pending.js";

/**
 * Publishes committed events, in the order given. It never fails: a node that misses an event finds the change by
 * comparison with the database.
 */
export type PublishEvents = (pending: readonly PendingEvent[]) => Promise<void>;

/** Makes the URLs of files. */
interface FileUrls {
  message(stored: MessageWith<StoredFile>): Promise<Message>;
  media(file: StoredFile): Promise<Media>;
}

function hasNoFiles(event: ConversationBusEvent<StoredFile>): event is ConversationBusEvent<never> {
  switch (event.type) {
    case "message.created":
    case "message.updated":
    case "message.deleted":
      return event.data.message.attachments.length === 0;
    case "reaction.updated":
      return (event.redactions.instead?.message.attachments ?? []).length === 0;
    default:
      return true;
  }
}

async function attachUrls(event: ConversationBusEvent<StoredFile>, urls: FileUrls): Promise<ConversationBusEvent> {
  switch (event.type) {
    case "message.created":
    case "message.updated":
      return { ...event, data: { message: await urls.message(event.data.message) } };
    case "message.deleted":
      return { ...event, data: { ...event.data, message: await urls.message(event.data.message) } };
    case "reaction.updated": {
      const { instead, ...redactions } = event.redactions;
      if (instead === undefined) return { ...event, redactions };
      const message = await urls.message(instead.message);
      return { ...event, redactions: { ...redactions, instead: { ...instead, message } } };
    }
    default:
      return event;
  }
}

const withoutData = { data: undefined, redactions: undefined };

type MediaEvent = Extract<UserBusEvent<StoredFile>, { type: "media.ready" | "media.rejected" }>;

const isOfMedia = (event: UserBusEvent<StoredFile>): event is MediaEvent =>
  event.type === "media.ready" || event.type === "media.rejected";

const attachMediaUrls = async (event: MediaEvent, urls: FileUrls): Promise<UserBusEvent> => ({
  ...event,
  data: { media: await urls.media(event.data.media) },
});

/** Makes the one publisher of the messaging service. */
export function createPublisher(deps: { bus: Bus; urls: FileUrls; log: Pick<Logger, "warn"> }): PublishEvents {
  const { bus, urls, log } = deps;

  /**
   * Publishes an event when its files have URLs; where those cannot be made it goes out without its data, so that each
   * node reads the change from the database.
   */
  async function publishReady<K extends "conversation" | "user">(
    channel: Channel<K>,
    ready: Promise<ChannelEvents[K]>,
    hint: Hint<ChannelEvents[K]>,
  ): Promise<void> {
    const event = await ready.catch((err: unknown) => {
      log.warn({ err }, "URLs of files could not be made; whoever receives the event reads the database");
      return hint;
    });
    publish(bus, channel, event);
  }

  /** Publishes an event of a file, or nothing where it could not be given a URL: clients ask for the file by its id. */
  async function publishMedia(channel: Channel<"user">, event: MediaEvent): Promise<void> {
    try {
      publish(bus, channel, await attachMediaUrls(event, urls));
    } catch (err) {
      log.warn({ err }, "the URL of a file could not be made; its event is left out");
    }
  }

  return async (pending) => {
    for (const one of pending) {
      // An event without files is published without an await, so that the events of a later change cannot overtake it.
      if (one.to === "tenant") {
        publish(bus, channelOf.tenant(one.event.tenant_id), one.event);
      } else if (one.to === "conversation") {
        const channel = channelOf.conversation(one.event.conversation_id);
        if (hasNoFiles(one.event)) publish(bus, channel, one.event);
        else await publishReady(channel, attachUrls(one.event, urls), { ...one.event, ...withoutData });
      } else {
        const channel = channelOf.user(one.user_id);
        if (!isOfMedia(one.event)) publish(bus, channel, one.event);
        else await publishMedia(channel, one.event);
      }
    }
  };
}
