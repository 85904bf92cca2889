import type { Bound, msgsrvContract } from "@vero/contracts";
import type { BasesOf } from "@vero/server";
import { conversationsRouter } from "./conversations/conversations.router.js";
import { mediaRouter } from "./media/media.router.js";
import { messagesRouter } from "./messages/messages.router.js";
import type { MsgsrvContext } from "./msgsrv.context.js";
import { participantsRouter } from "./participants/participants.router.js";
import { usersRouter } from "./users/users.router.js";

/** All rooms of the messaging service, bound to their handlers. */
export const msgsrvRouters = (bases: BasesOf<MsgsrvContext>) =>
  ({
    conversations: conversationsRouter(bases),
    participants: participantsRouter(bases),
    messages: messagesRouter(bases),
    users: usersRouter(bases),
    media: mediaRouter(bases),
  }) satisfies { [D in keyof typeof msgsrvContract]: Bound<(typeof msgsrvContract)[D]> };
