import type { Draft } from "@vero/db";
import { draftOf } from "../../apps/msgsrv/src/conversation-log/append-messages.js";

type Source = Parameters<typeof draftOf>[0];

/** The draft of a text message as the service makes it, but without its search vector. */
export const unindexedDraft = (source: Source, text: string | null, more: Partial<Draft> = {}): Draft => ({
  ...draftOf(source, { text }),
  search: null,
  ...more,
});
