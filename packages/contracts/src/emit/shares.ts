import type { Procedure } from "../kernel/procedure.js";
import { type Share, type ShareName, shareTable } from "../kernel/shares.js";

const words = { user: "of a user", tenant: "of a workspace", process: "of a process" } as const;
const scopes = ["user", "tenant", "process"] as const;

const seconds = (milliseconds: number): string => `${milliseconds / 1_000} s`;

/** A name of `requests` is said once, for all operations. */
export const sharesOf = ({ share, shareWithQ }: Pick<Procedure, "share" | "shareWithQ">) =>
  ([share, shareWithQ] as const).flatMap((name) => (name === undefined ? [] : [{ name, ...shareTable[name] }]));

const slotsOf = (name: ShareName): string => {
  const { atOnce, waiting }: Share = shareTable[name];
  const counts = scopes.flatMap((scope) => (atOnce[scope] === undefined ? [] : `${atOnce[scope]} ${words[scope]}`));
  const status = atOnce.process === undefined ? 429 : 503;
  return `${counts.join(", ")} at once; ${waiting.user} more of a user wait for their turn, and beyond them the answer is ${status}`;
};

/** Describes the share of a costly operation in the process; undefined for all others. */
export function shareSentence({ share, shareWithQ }: Pick<Procedure, "share" | "shareWithQ">): string | undefined {
  if (share === undefined) return undefined;
  const { deadlineMs, maxBytes, pace }: Share = shareTable[share];
  const withQ = shareWithQ === undefined ? "" : ` With \`q\`: share \`${shareWithQ}\`, ${slotsOf(shareWithQ)}.`;
  const bytes =
    maxBytes === undefined
      ? ""
      : ` An answer holds at most ${maxBytes.toLocaleString("en")} bytes, so that it may end before all that was asked for.`;
  const slowly =
    pace === undefined
      ? ""
      : ` An answer of more than ${pace.freeBytes.toLocaleString("en")} bytes keeps its slot of the user until they have passed at ${pace.userBytesPerSecond.toLocaleString("en")} bytes per second.`;
  return `Share \`${share}\`: ${slotsOf(share)}.${withQ} Deadline: ${seconds(deadlineMs)}.${bytes}${slowly}`;
}

/** The bounds of every operation of a signed-in caller. */
export const requestsSentence = `**Shares**: of one user, ${shareTable.requests.atOnce.user} requests are at work at once and ${shareTable.requests.waiting.user} more wait for their turn, whichever way they come; beyond them the answer is 429. Costly operations name smaller shares, in which users and workspaces take turns. A request is answered within ${seconds(shareTable.requests.deadlineMs)}, with 503 where it could not be done by then, unless the operation names another deadline.`;
