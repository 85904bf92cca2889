import type { Message } from "@vero/sdk";

/** The message that is replied to, or edited. */
export type ComposerSubject = { kind: "reply" | "edit"; message: Message } | undefined;

export const editedOf = (subject: ComposerSubject): Message | undefined =>
  subject?.kind === "edit" ? subject.message : undefined;
