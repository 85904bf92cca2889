import type { msgsrvContract } from "@vero/contracts";
import { bytesOf, maxItemsBytes, noteAnswerBytes } from "@vero/server";
import type { z } from "zod";
import { conversationBytes, messageBytes } from "../views/bytes.view.js";
import type { StoredConversation } from "../views/conversations.view.js";
import type { StoredMessage } from "../views/messages.view.js";

type Output = z.output<typeof msgsrvContract.messages.sync.output>;
/** A conversation of the answer, whose files have no URLs yet. */
export type Answer = Omit<Output["conversations"][number], "messages" | "conversation"> & {
  messages: StoredMessage[];
  conversation?: StoredConversation;
};

/**
 * Bounds the messages, participants and receipts of an answer, whatever is asked for; the rest comes with the next
 * call.
 */
const maxItems = 1_000;
/** Bytes of a conversation in an answer when nothing in it has changed. */
const numbersBytes = 300;
/** Bytes of user state up to which the room still counts as whole. */
const smallBytes = 3_000;

/** The room that is left in an answer: items that do not fit come with the next call. */
export interface Room {
  items: number;
  bytes: number;
  /**
   * True while no conversation has taken room: then one may take all of it, and more where a single item is larger.
   */
  isWhole: boolean;
}

/** Computes the room beside user state of so many bytes, and beside the numbers of all conversations. */
export const roomBeside = (userStateBytes: number, conversationCount: number): Room => ({
  items: maxItems,
  bytes: maxItemsBytes - userStateBytes - conversationCount * numbersBytes,
  isWhole: userStateBytes <= smallBytes,
});

/** Takes the room of a conversation, and counts its bytes for the pace of the share. */
export function take(room: Room, { messages, conversation, participants = [], receipts }: Answer): void {
  const besideMessages =
    (conversation === undefined ? 0 : conversationBytes(conversation)) + bytesOf(participants) + bytesOf(receipts);
  // The messages were noted when they were read.
  noteAnswerBytes(besideMessages);
  const bytes = besideMessages + messages.reduce((sum, message) => sum + messageBytes(message), 0);
  room.items -= messages.length + participants.length + receipts.length;
  room.bytes -= bytes;
  room.isWhole &&= bytes <= numbersBytes;
}
