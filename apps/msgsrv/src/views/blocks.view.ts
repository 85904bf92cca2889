import type { Block } from "@vero/contracts";
import type { BlockView } from "@vero/db";
import { toUser } from "@vero/server";

export const toBlock = ({ block, user }: BlockView): Block => ({
  user: toUser(user),
  created_at: block.created_at.toISOString(),
});
