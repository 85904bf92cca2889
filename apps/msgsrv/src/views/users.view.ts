import type { EventData, msgsrvContract } from "@vero/contracts";
import type { AgentRow, UserRow } from "@vero/db";
import { toUser } from "@vero/server";
import { z } from "zod";

type Agent = z.output<(typeof msgsrvContract.users)["list_agents"]["output"]>["items"][number];

/** The sort key of lists by name, bounded as stored names are: nobody can ask for a name that could not be stored. */
export const nameKey = {
  name: z
    .string()
    .max(120)
    .regex(/^[^\0]*$/),
  id: z.uuid(),
};

/** Makes the presence of a user, for viewers whom no block keeps apart from them. */
export const toPresence = ({ id, is_online, last_seen_at, availability }: UserRow): EventData<"presence.changed"> => ({
  user_id: id,
  is_online,
  last_seen_at: last_seen_at?.toISOString() ?? null,
  availability: is_online ? availability : "offline",
});

export const toAgent = ({ user, availability, open_conversation_count }: AgentRow): Agent => ({
  user: toUser(user),
  availability,
  open_conversation_count,
});
