import type { CallContext, createBases } from "@vero/server";
import type { ConversationsService } from "./conversations/conversations.service.js";
import type { StatesService } from "./conversations/states.service.js";
import type { MessagesService } from "./messages/messages.service.js";
import type { ParticipantsService } from "./participants/participants.service.js";

export interface MsgsrvServices {
  conversations: ConversationsService;
  states: StatesService;
  participants: ParticipantsService;
  messages: MessagesService;
}

export type MsgsrvContext = CallContext & MsgsrvServices;
export type MsgsrvBases = ReturnType<typeof createBases<MsgsrvContext>>["bases"];
