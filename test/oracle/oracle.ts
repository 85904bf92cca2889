import type { ErrorCode } from "@vero/contracts";
import { ConversationModel } from "./oracle.conversations.js";
import { type OConversation, type OMessage, type OUser, refuse } from "./state.js";

/**
 * The model of the API's promises about conversations and messages: no numbers are stored that can be counted. This part
 * changes messages. A refusal comes before any change.
 */
export class Oracle extends ConversationModel {
  send(by: OUser, conversation: OConversation, text: string, replyTo: OMessage | null): OMessage {
    this.membership(by, conversation);
    if (this.hasBlockedOther(by, conversation)) refuse("you_blocked_user");
    if (replyTo !== null) {
      if (replyTo.conversation !== conversation || !this.sees(by, replyTo)) refuse("invalid_reply");
      if (replyTo.isDeleted) refuse("replied_message_deleted");
    }
    return this.#sendMessage(by, conversation, { text, replyTo });
  }

  edit(by: OUser, message: OMessage, text: string, isExpected: boolean): void {
    this.#seen(by, message);
    const isOwn = message.sender === by && message.system === null;
    if (!isOwn || (message.origin !== null && !message.isDeleted)) refuse("forbidden");
    if (message.isDeleted) refuse("message_deleted");
    if (!isExpected) refuse("version_conflict");
    if (message.text === text) return;
    if (message.conversation.type === "direct") {
      for (const user of this.blockersOf(by, message.conversation)) {
        if (this.sees(user, message)) message.hiddenFor.add(user);
      }
    }
    message.earlier.unshift(message.text as string);
    message.text = text;
    message.isEdited = true;
    message.changes += 1;
  }

  deleteMessage(by: OUser, message: OMessage, scope: "for_me" | "for_everyone"): void {
    const membership = this.membershipOf(by, message.conversation);
    // A message that a user has deleted for themselves may be deleted so again, for as long as they take part.
    if (scope === "for_me" && membership !== undefined && message.hiddenFor.has(by)) return;
    this.#seen(by, message);
    if (scope === "for_me") return void message.hiddenFor.add(by);
    const mayAny = message.conversation.type === "group" && membership?.role !== "member";
    if (message.system !== null || (message.sender !== by && !mayAny)) refuse("forbidden");
    if (message.isDeleted) return;
    Object.assign(message, { isDeleted: true, text: null, earlier: [], replyTo: null, origin: null, reactions: [] });
    message.changes += 1;
  }

  react(by: OUser, message: OMessage, emoji: string, action: "toggle" | "add" | "remove"): boolean {
    this.#seen(by, message);
    if (message.isDeleted) refuse("message_deleted");
    if (this.hasBlockedOther(by, message.conversation)) refuse("you_blocked_user");
    const others = message.reactions.filter((one) => one.user !== by || one.emoji !== emoji);
    const had = others.length < message.reactions.length;
    const has = action === "toggle" ? !had : action === "add";
    if (has === had) return has;
    const isDirect = message.conversation.type === "direct";
    const withheldFrom = isDirect ? this.blockersOf(by, message.conversation)[0] : undefined;
    message.reactions = has ? [...others, { emoji, user: by, withheldFrom }] : others;
    message.changes += 1;
    return has;
  }

  /** Forwards messages; answers for each target the copies, or the code of its refusal. */
  forward(by: OUser, sources: readonly OMessage[], targets: readonly OConversation[]): (OMessage[] | ErrorCode)[] {
    for (const source of sources) {
      this.#seen(by, source);
      if (source.isDeleted) refuse("message_deleted");
      if (source.system !== null) refuse("validation_failed");
    }
    const copied = sources.map((source) => ({ text: source.text, origin: source.origin ?? source }));
    return targets.map((target) => {
      if (this.membershipOf(by, target) === undefined) return "conversation_not_found";
      if (this.hasBlockedOther(by, target)) return "you_blocked_user";
      return copied.map((copy) => this.#sendMessage(by, target, copy));
    });
  }

  #seen(user: OUser, message: OMessage): void {
    if (!this.sees(user, message)) refuse("message_not_found");
  }

  /** Brings the conversation back for those who deleted it for themselves; the sender has read their own message. */
  #sendMessage(sender: OUser, conversation: OConversation, content: Partial<OMessage>): OMessage {
    const earlier = conversation.activity;
    const blockedBy = this.blockersOf(sender, conversation);
    const message = this.append(sender, conversation, { ...content, blockedBy });
    for (const membership of conversation.memberships) {
      const isWithheld = conversation.type === "direct" && blockedBy.includes(membership.user);
      membership.known = isWithheld ? (membership.known ?? earlier) : null;
      if (!isWithheld) membership.isHidden = false;
      if (membership.user === sender) membership.read = message.seq;
    }
    return message;
  }
}
