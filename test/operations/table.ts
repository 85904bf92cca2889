import { auth } from "./auth.js";
import type { OperationName, Room } from "./contract.js";
import { conversations } from "./conversations.js";
import { media } from "./media.js";
import { messagesChange } from "./messages.change.js";
import { messagesRead } from "./messages.read.js";
import { messagesSend } from "./messages.send.js";
import { messaging } from "./messaging.js";
import { participants } from "./participants.js";
import type { BlockCase, EventCase, OperationRow, ReceivedCase, RoleCase, RowsOf } from "./row.js";
import { users } from "./users.js";

/** The one table of operations: all tests that walk over all operations take their columns from it. */
const table: { readonly [R in Room]: RowsOf<R> } = {
  auth,
  messaging,
  conversations,
  participants,
  messages: { ...messagesSend, ...messagesRead, ...messagesChange },
  users,
  media,
};

/** A row, and one case of a column. */
export interface CaseOf<C> {
  operation: OperationName;
  row: OperationRow;
  name: string;
  case: C;
}

const rows = Object.entries(table).flatMap(([room, operations]) =>
  Object.entries(operations).map(([name, row]) => ({
    operation: `${room}.${name}` as OperationName,
    row: row as OperationRow,
  })),
);

interface Columns {
  roles: RoleCase<object>;
  received: ReceivedCase<object>;
  blocks: BlockCase<object>;
  events: EventCase<object>;
}

/** Lists the cases of a column, in the order of the table. */
export const casesOf = <N extends keyof Columns>(column: N): CaseOf<Columns[N]>[] =>
  rows.flatMap(({ operation, row }) =>
    Object.entries((row[column] ?? {}) as Record<string, Columns[N]>).map(([name, one]) => ({
      operation,
      row,
      name,
      case: one,
    })),
  );
