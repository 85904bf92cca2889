import type { Database } from "@vero/db";
import type { Bus, Limits, Logger, ObjectStore } from "@vero/server";
import { createConversationLog } from "./conversation-log/conversation-log.js";
import { createCreating } from "./conversations/conversations.create.js";
import { createConversations } from "./conversations/conversations.list.js";
import { createReadStates } from "./conversations/conversations.read-state.js";
import { createTyping } from "./conversations/conversations.typing.js";
import { createDetails } from "./conversations/conversations.update.js";
import { createPublisher } from "./events/events.publisher.js";
import type { Images } from "./media/images.js";
import { createAttaching } from "./media/media.attach.js";
import { createConfirming } from "./media/media.confirm.js";
import { createMedia, type StorageQuota } from "./media/media.uploads.js";
import { createMessageChanges } from "./messages/messages.change.js";
import { createDeletions } from "./messages/messages.delete.js";
import { createEdits } from "./messages/messages.edit.js";
import { createForwarding } from "./messages/messages.forward.js";
import { createMessages } from "./messages/messages.list.js";
import { createReactions } from "./messages/messages.react.js";
import { createSending } from "./messages/messages.send.js";
import type { MsgsrvServices } from "./msgsrv.context.js";
import { createMembership } from "./participants/participants.change.js";
import { createParticipants } from "./participants/participants.list.js";
import { createSearch } from "./search/messages.search.js";
import { createSync } from "./sync/messages.sync.js";
import { createBlocks } from "./users/users.block.js";
import { createUsers } from "./users/users.list.js";
import { createAgents } from "./users/users.list-agents.js";
import { createLinks } from "./views/file-urls.js";

export interface MsgsrvServicesDeps {
  database: Database;
  bus: Bus;
  limits: Limits;
  /** The store of files. */
  objects: ObjectStore;
  images: Images;
  quota: StorageQuota;
  log: Logger;
}

/** Creates the services that the operations of msgsrv call. */
export const createMsgsrvServices = ({
  database,
  bus,
  limits,
  objects,
  images,
  quota,
  log,
}: MsgsrvServicesDeps): MsgsrvServices => {
  const links = createLinks({ objects });
  const publish = createPublisher({ bus, urls: links, log });
  const conversationLog = createConversationLog({ database, publish });
  const conversations = createConversations({ database, links });
  const changes = createMessageChanges({ database, log: conversationLog });
  const attaching = createAttaching({ database, log: conversationLog });
  return {
    links,
    publish,
    conversations,
    creating: createCreating({ database, log: conversationLog, conversations }),
    details: createDetails({ log: conversationLog, conversations }),
    readStates: createReadStates({ database, log: conversationLog }),
    typing: createTyping({ database, publish, limits }),
    participants: createParticipants({ database }),
    membership: createMembership({ log: conversationLog }),
    messages: createMessages({ database, links }),
    sending: createSending({ log: conversationLog, links }),
    edits: createEdits({ database, changes, links }),
    deletions: createDeletions({ database, changes }),
    reactions: createReactions({ changes }),
    forwarding: createForwarding({ database, log: conversationLog, links }),
    search: createSearch({ database, links }),
    sync: createSync({ database, links }),
    media: createMedia({ database, objects, links, quota }),
    confirming: createConfirming({ database, objects, images, publish, links, attaching, log }),
    blocks: createBlocks({ database, log: conversationLog }),
    users: createUsers({ database }),
    agents: createAgents({ database }),
  };
};
