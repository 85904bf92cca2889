import type { CallContext } from "@vero/server";
import type { ConversationsContext } from "./conversations/conversations.router.js";
import type { PublishEvents } from "./events/events.publisher.js";
import type { MediaContext } from "./media/media.router.js";
import type { MessagesContext } from "./messages/messages.router.js";
import type { ParticipantsContext } from "./participants/participants.router.js";
import type { UsersContext } from "./users/users.router.js";
import type { Links } from "./views/file-urls.js";

export interface MsgsrvServices
  extends ConversationsContext,
    ParticipantsContext,
    MessagesContext,
    UsersContext,
    MediaContext {
  links: Links;
  publish: PublishEvents;
}

export type MsgsrvContext = CallContext & MsgsrvServices;
