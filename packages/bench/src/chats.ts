import { open } from "node:fs/promises";
import { createTexts, type Line } from "./texts.js";
import { UsageError } from "./tool.js";

/** A conversation between two people. */
export interface Chat {
  id: string;
  messages: Line[];
}

const isMessage = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && (value[0] === 1 || value[0] === 2) && typeof value[1] === "string";

/** Conversations that nobody had, always the same ones. */
export function makeChats(count: number): Chat[] {
  const texts = createTexts(1);
  return Array.from({ length: count }, (_, index) => ({ id: `Chat ${index + 1}`, messages: texts.chat() }));
}

/** Why the line is not a conversation, or the conversation. What the service thinks of the texts is for it to say. */
export function readChat(line: string): Chat | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "is not JSON";
  }
  const { id, messages } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  // The id becomes the name of the group, which has at most 100 characters.
  if (typeof id !== "string" || id.trim() === "" || id.length > 100) return "needs an id of 1 to 100 characters";
  if (!Array.isArray(messages) || messages.length === 0) return "needs messages";
  const wrong = messages.findIndex((message) => !isMessage(message));
  if (wrong >= 0) return `messages[${wrong}] is not [1, text] or [2, text]`;
  return { id, messages };
}

/** The first `limit` conversations of the file. */
export async function readChats(file: string, limit: number): Promise<Chat[]> {
  const chats: Chat[] = [];
  try {
    const handle = await open(file);
    let number = 0;
    for await (const line of handle.readLines()) {
      number += 1;
      if (line.trim() === "") continue;
      const chat = readChat(line);
      if (typeof chat === "string") throw new UsageError(`${file}:${number} ${chat}.`);
      chats.push(chat);
      if (chats.length >= limit) break;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be read: ${code === "ENOENT" ? "there is no such file" : message}.`);
  }
  if (chats.length === 0) throw new UsageError(`${file} has no conversations.`);
  return chats;
}
