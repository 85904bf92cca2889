import { policy } from "../../apps/msgsrv/src/blocks/blocks.policy.js";
import { type Effect, type EventRow, eventRows, notices, operationRows, type Row } from "./blocks.js";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const cellOf = ({ answer, notices }: Effect): string =>
  answer === "ok" ? notices : `\`${answer.replace(/^failed /, "")}\``;

const isSame = (one: Effect, two: Effect): boolean => cellOf(one) === cellOf(two);

/** Every operation with its cases; where a block makes no difference, that is all there is to say. */
const cellsOf = ({ unblocked, blocker, blocked }: Row): string[] => {
  const isAsEver = isSame(unblocked, blocker) && isSame(unblocked, blocked);
  return [cellOf(unblocked), ...(isAsEver ? ["same", "same"] : [cellOf(blocker), cellOf(blocked)])];
};

const operations = Object.entries(operationRows).flatMap(([operation, cases]) =>
  Object.entries<Row>(cases).map(([name, row], index) => [index === 0 ? operation : "", name, ...cellsOf(row)]),
);

const heard = (is: boolean): string => (is ? "heard" : "–");
const causeOf = ({ by }: EventRow): string => (typeof by === "string" ? by : `${by[0]}: ${by[1]}`);
const events = Object.entries(eventRows).flatMap(([type, cases]) =>
  Object.values<EventRow>(cases).map((row, index) => [
    index === 0 ? type : "",
    causeOf(row),
    ...[row.unblocked, row.blocker, row.blocked].map(heard),
  ]),
);

/** For those who build on the API: the table that the tests walk. */
export const blocksPage = (): string => `# What a block changes

A block is soft: the blocked side is answered as if there were none, and is not told. It is one-sided; where both have
blocked each other, each of the two blocks has its effect.

Written from \`test/blocks/blocks.ts\`, which the tests walk: for every line the same is done with no block, by who has
blocked the other (the blocker) and by who is blocked by them. A cell says what the one who acts is answered, if it is not
success, and what the other side notices, of all that they hear and can read:

${table(
  ["", ""],
  Object.entries(notices).map(([notice, meaning]) => [notice, meaning]),
)}

The numbers of a conversation (\`last_seq\`, \`last_change_seq\`) and a message's \`change_seq\` count for everybody what not
everybody sees. Wherever one side is shown the other (in lists, previews, participants and events), they are offline, were
never online, and have read as far as they had when the block began.

Read receipts of a conversation have one row of numbers for everybody (\`last_receipt_seq\`). What is kept back by a block
is in nobody's answer across it but takes a number: who is blocked can tell from a gap between the numbers of receipts
that they are shown, or of their own, that somebody whom they are not shown has read. How far is not told.

## Operations

${table(["", "", "no block", "by the blocker", "by the blocked side"], operations)}

What the blocked side can find out all the same is what they are to know: whom they have added to a group and whom not
(\`skipped\`), and who is in it.

## Events

Whether the other side hears what one of them causes:

${table(["", "caused by", "no block", "by the blocker", "by the blocked side"], events)}

To the blocker, a message from before that the blocked side edits in the direct conversation disappears: it is a
\`message.deleted\` for them alone. A reaction of theirs that is kept back still gives the message its new \`change_seq\`,
with a \`message.updated\` that shows it as it was.

## How it is withheld

From \`apps/msgsrv/src/blocks/blocks.policy.ts\`:

${table(
  ["what of a user is withheld", "from", "by"],
  Object.entries(policy).map(([what, { from, by }]) => [what, from, by]),
)}

What reaches the other side of a direct conversation is refused to the blocker: messages, reactions, forwarded messages,
files and a new conversation.

## When it ends

What was kept back stays so: messages to the direct conversation do not appear later, nor do reactions to them, and what is
marked in groups stays marked. What is written from then on arrives and counts. Each side is told that the other is online,
and how far they have read where that is further than was shown.
`;
