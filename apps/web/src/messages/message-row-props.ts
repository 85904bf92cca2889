import type { Message, Participant } from "@vero/sdk";

export interface MessageRowProps {
  message: Message;
  isFirst: boolean;
  /** Marked for a moment, after a jump to it. */
  isTarget: boolean;
  mayDeleteAny: boolean;
  /** The others whose read position is here. */
  readers: readonly Participant[];
  /** For the newest own message: how far it has come. */
  sentMark: "sent" | "read" | undefined;
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
  onJump: (seq: number) => void;
}
