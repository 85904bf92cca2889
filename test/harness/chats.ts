import { randomUUID } from "node:crypto";
import { insertConversation, insertMessages, insertParticipants, openDatabase } from "@vero/db";
import { openConversation } from "@vero/db/conversation-log";
import { draftOf } from "../../apps/msgsrv/src/conversation-log/append-messages.js";
import { createTexts, type Line } from "../../packages/bench/src/texts.js";
import { unindexedDraft } from "./drafts.js";
import type { Person } from "./people.js";
import type { Stack } from "./stack.js";

/** Makes conversations in many scripts, until there are so many messages. */
export function makeChats(messages: number): Line[][] {
  const texts = createTexts(15);
  const chats: Line[][] = [];
  for (let count = 0; count < messages; count += chats.at(-1)?.length ?? 0) chats.push(texts.chat());
  return chats;
}

export interface Loaded {
  lines: readonly Line[];
  /** The users who send the lines of the first and of the second speaker. */
  by: readonly [Person, Person];
  /** True for messages without a search vector, which the service has to index later. */
  isOld: boolean;
}

/** Writes conversations as the service does, but directly into the database. Answers their ids. */
export async function writeChats(stack: Stack, chats: readonly Loaded[]): Promise<string[]> {
  const database = openDatabase({ url: stack.database.url, max: 4 });
  const group = { type: "group" as const, direct_key: null, name: "Chat", description: null, avatar_url: null };
  const ids = chats.map(() => randomUUID());
  async function write({ lines, by, isOld }: Loaded, id: string): Promise<void> {
    const tenant_id = by[0].me.tenant.id;
    const rows = lines.map(([speaker, text]) => {
      const source = { tenant_id, conversation_id: id, sender_id: by[speaker - 1 === 0 ? 0 : 1].id };
      return isOld ? unindexedDraft(source, text) : draftOf(source, { text });
    });
    await database.transaction(async (begun) => {
      const tx = openConversation(begun);
      await insertConversation(tx, { ...group, tenant_id, id, metadata: {}, created_by: by[0].id });
      await insertParticipants(tx, { tenant_id, conversation_id: id }, { user_id: by[0].id, role: "owner" }, [
        by[1].id,
      ]);
      await insertMessages(tx, rows);
    });
  }
  const work = chats.entries();
  const writer = async () => {
    for (const [index, chat] of work) await write(chat, ids[index] as string);
  };
  await Promise.all([writer(), writer(), writer(), writer()]);
  await database.close();
  return ids;
}
