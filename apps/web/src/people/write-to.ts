import type { Vero } from "@vero/sdk";
import { go } from "../app/route.js";

/** Opens the direct conversation with somebody, which begins here where there is none. */
export async function writeTo(vero: Vero, userId: string): Promise<void> {
  const { id } = await vero.conversations.create({ type: "direct", participant_ids: [userId] });
  go({ name: "conversation", id });
}
