import { conversationKinds, createGroup } from "./moves.conversations.js";
import type { Kind } from "./moves.kinds.js";
import { messageKinds } from "./moves.messages.js";
import { participantKinds } from "./moves.participants.js";
import { userKinds } from "./moves.users.js";
import type { Move, World } from "./world.js";

const kinds: readonly Kind[] = [...userKinds, ...messageKinds, ...conversationKinds, ...participantKinds];

/** Makes a move that one of the users might make now. */
export function nextMove(world: World): Move | undefined {
  const { conversations, dice } = world;
  // Without a conversation there is little to do.
  if (conversations.size < 2) return createGroup(world);
  let left = dice.next() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, make } of kinds) {
    left -= weight;
    if (left < 0) return make(world);
  }
  return undefined;
}
