import { attempt, showToast } from "./toast.js";

async function copy(text: string): Promise<void> {
  // Plain http has no clipboard; this throws then, for `attempt` to say.
  await navigator.clipboard.writeText(text);
  showToast("Copied");
}

/** Puts a text on the clipboard, and says whether that was done. */
export const copyText = (text: string): Promise<boolean> => attempt(copy(text));
