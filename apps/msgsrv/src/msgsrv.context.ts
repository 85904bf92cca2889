import type { CallContext, createBases } from "@vero/server";
import type { CreatingService } from "./conversations/conversations.create.service.js";
import type { ReadStatesService } from "./conversations/conversations.read-state.service.js";
import type { ConversationsService } from "./conversations/conversations.service.js";
import type { TypingService } from "./conversations/conversations.typing.service.js";
import type { DetailsService } from "./conversations/details.service.js";
import type { PublishEvents } from "./events/events.publisher.js";
import type { ConfirmingService } from "./media/confirming.service.js";
import type { Links } from "./media/links.service.js";
import type { MediaService } from "./media/media.service.js";
import type { ForwardingService } from "./messages/forwarding.service.js";
import type { DeletionsService } from "./messages/messages.delete.service.js";
import type { EditsService } from "./messages/messages.edit.service.js";
import type { ReactionsService } from "./messages/messages.react.service.js";
import type { MessagesService } from "./messages/messages.service.js";
import type { SearchService } from "./messages/search.service.js";
import type { SyncService } from "./messages/sync.service.js";
import type { MembershipService } from "./participants/membership.service.js";
import type { ParticipantsService } from "./participants/participants.service.js";
import type { AgentsService } from "./users/agents.service.js";
import type { BlocksService } from "./users/blocks.service.js";
import type { UsersService } from "./users/users.service.js";

export interface MsgsrvServices {
  conversations: ConversationsService;
  creating: CreatingService;
  readStates: ReadStatesService;
  typing: TypingService;
  details: DetailsService;
  participants: ParticipantsService;
  membership: MembershipService;
  messages: MessagesService;
  search: SearchService;
  edits: EditsService;
  deletions: DeletionsService;
  reactions: ReactionsService;
  forwarding: ForwardingService;
  sync: SyncService;
  blocks: BlocksService;
  users: UsersService;
  agents: AgentsService;
  media: MediaService;
  confirming: ConfirmingService;
  links: Links;
  publish: PublishEvents;
}

export type MsgsrvContext = CallContext & MsgsrvServices;
export type MsgsrvBases = ReturnType<typeof createBases<MsgsrvContext>>["bases"];
