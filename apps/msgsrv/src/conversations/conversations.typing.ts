import { AppError } from "@vero/contracts";
import { type Database, getMembership } from "@vero/db";
import type { Actor, Limits } from "@vero/server";
import { withheldFrom } from "../blocks/blocks.policy.js";
import type { PublishEvents } from "../events/events.publisher.js";

/** How long others show that somebody is typing unless they hear of it again. */
const typingMs = 6_000;

export interface TypingDeps {
  database: Database;
  /** Typing is never stored, and so has no unit of work. */
  publish: PublishEvents;
  limits: Pick<Limits, "consume">;
}

export type TypingService = ReturnType<typeof createTyping>;

export const createTyping = ({ database, publish, limits }: TypingDeps) => ({
  async setTyping(actor: Actor, { id, is_typing }: { id: string; is_typing: boolean }): Promise<void> {
    const { tenant_id, user_id } = actor;
    if ((await getMembership(database.executor, { tenant_id, conversation_id: id, user_id })) === undefined) {
      throw new AppError("conversation_not_found");
    }
    try {
      await limits.consume("typing", `${user_id} ${id}`);
    } catch {
      return;
    }
    const withheld_from = await withheldFrom(database.executor, "typing", { tenant_id, user_id });
    const now = Date.now();
    await publish([
      {
        to: "conversation",
        event: {
          type: "typing",
          tenant_id,
          conversation_id: id,
          at: new Date(now).toISOString(),
          data: { user_id, is_typing, expires_at: new Date(now + typingMs).toISOString() },
          redactions: { withheld_from },
        },
      },
    ]);
  },
});
