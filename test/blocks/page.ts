import { events as contractEvents, type EventType } from "@vero/contracts";
import { policy } from "../../apps/msgsrv/src/blocks/blocks.policy.js";
import { casesOf } from "../operations/table.js";
import { comingOnline, type Effect, type Effects, notices, type ReceivedAcross } from "./policies.js";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const cellOf = ({ answer, notices }: Effect): string =>
  answer === "ok" ? notices : `\`${answer.replace(/^failed /, "")}\``;

const isSame = (one: Effect, two: Effect): boolean => cellOf(one) === cellOf(two);

/** Makes the cells of a case: the effects, and `same` where a block makes no difference. */
const cellsOf = ({ unblocked, blocker, blocked }: Effects): string[] => {
  const isAsEver = isSame(unblocked, blocker) && isSame(unblocked, blocked);
  return [cellOf(unblocked), ...(isAsEver ? ["same", "same"] : [cellOf(blocker), cellOf(blocked)])];
};

/** Leaves the first cell empty where it is that of the row above. */
const grouped = (rows: readonly (readonly [string, ...string[]])[]): string[][] =>
  rows.map(([first, ...others], index) => [rows[index - 1]?.[0] === first ? "" : first, ...others]);

const cases = casesOf("blocks");
const operations = grouped(
  cases.map(({ operation, name, case: { effects } }) => [operation, name, ...cellsOf(effects)]),
);

const receives = (isReceived: boolean): string => (isReceived ? "receives" : "–");
const receivedCells = (type: string, cause: string, { unblocked, blocker, blocked }: ReceivedAcross) =>
  [type, cause, ...[unblocked, blocker, blocked].map(receives)] as const;
const events = grouped(
  Object.keys(contractEvents).flatMap((type) => [
    ...cases.flatMap(({ operation, name, case: { events = {} } }) => {
      const received = events[type as EventType];
      return received === undefined ? [] : [receivedCells(type, `${operation}: ${name}`, received)];
    }),
    ...(type === comingOnline.type ? [receivedCells(type, "coming online", comingOnline.received)] : []),
  ]),
);

/** Writes `docs/blocks.md`: the table that the tests walk, for those who build on the API. */
export const blocksPage = (): string => `# What a block changes

A block is soft: the blocked side is answered as if there were none, and no event tells them of it. It is one-sided; where
both have blocked each other, each of the two blocks has its effect.

This page is written from \`test/operations\`, which the tests walk: for every line the same is done without a block,
by the user who has blocked the other (the blocker) and by the blocked side. A cell has the error code that the actor is
answered, or else what the other side notices of it, in the events that they receive and in what they can read:

${table(
  ["", ""],
  Object.entries(notices).map(([notice, meaning]) => [notice, meaning]),
)}

The numbers of a conversation (\`last_seq\`, \`last_change_seq\`) and a message's \`change_seq\` count changes that not
everybody sees. Wherever one side is shown the other (in lists, previews, participants and events), they are offline, were
never online, and have read as far as they had when the block began.

Read receipts of a conversation share one sequence of numbers (\`last_receipt_seq\`). A receipt that a block withholds still
takes a number. From a gap between the numbers of the receipts that they are shown, or of their own, the blocked side can
tell that somebody has read whose receipts they are not shown, and not how far.

## Operations

${table(["", "", "no block", "by the blocker", "by the blocked side"], operations)}

The blocked side can find out two things, which they need to know: which users they have added to a group and which not
(\`skipped\`), and who takes part in it.

## Events

Whether the other side receives the event that one of them causes:

${table(["", "caused by", "no block", "by the blocker", "by the blocked side"], events)}

To the blocker, a message from before that the blocked side edits in the direct conversation disappears: it is a
\`message.deleted\` for them alone. A reaction of theirs that is withheld still gives the message its new \`change_seq\`,
with a \`message.updated\` that shows it as it was.

## How it is withheld

From \`apps/msgsrv/src/blocks/blocks.policy.ts\`:

${table(
  ["what of a user is withheld", "from", "by"],
  Object.entries(policy).map(([what, { from, by }]) => [what, from, by]),
)}

The blocker is refused everything that would reach the other side of a direct conversation: messages, reactions, forwarded
messages, files and a new conversation.

## When it ends

Withheld messages stay withheld: those to the direct conversation do not appear later, nor do reactions to them, and
messages that are marked in groups stay marked. Messages sent from then on are delivered and count. Each side receives the
other's presence, if they are online, and their read receipts, where they have read further than was shown.
`;
