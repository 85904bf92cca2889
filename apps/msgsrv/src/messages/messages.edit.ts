import { AppError, type Message, type msgsrvContract } from "@vero/contracts";
import { type Database, listEdits, searchVectorOf, updateText } from "@vero/db";
import { type Actor, listCursor } from "@vero/server";
import { z } from "zod";
import { messageEvent } from "../events/events.pending.js";
import type { Links } from "../views/file-urls.js";
import { toMessage } from "../views/messages.view.js";
import { getVisible, type MessageChanges, readChanged } from "./messages.change.js";
import { hideBeforeChange } from "./messages.hide.js";

type Contract = typeof msgsrvContract.messages;
type Input<O extends keyof Contract> = z.output<Contract[O]["input"]>;
type Output<O extends keyof Contract> = z.output<Contract[O]["output"]>;

const newestFirst = listCursor("messages.list_edits", { change_seq: z.int().min(1) });

export interface EditsDeps {
  database: Database;
  changes: MessageChanges;
  links: Pick<Links, "message">;
}

export type EditsService = ReturnType<typeof createEdits>;

export const createEdits = ({ database, changes, links }: EditsDeps) => ({
  async edit(actor: Actor, { id, text, expected_change_seq }: Input<"edit">): Promise<Message> {
    const edited = await changes.change(actor, id, async (view, change) => {
      const { message } = view;
      if (message.sender_id !== actor.user_id || message.type === "system") throw new AppError("forbidden");
      if (message.deleted_at !== null) throw new AppError("message_deleted");
      if (message.forwarded_from !== null) {
        throw new AppError("forbidden", { detail: "A forwarded message is somebody else's words." });
      }
      if (expected_change_seq !== undefined && expected_change_seq !== message.change_seq) {
        throw new AppError("version_conflict", { detail: `The message's change_seq is ${message.change_seq}.` });
      }
      if (text === message.text) return toMessage(actor.user_id, view);
      const key = { tenant_id: actor.tenant_id, message_id: id };
      await hideBeforeChange(id, change);
      await updateText(change.tx, key, { text, search: searchVectorOf(text) }, await change.next());
      const edited = await readChanged(change.tx, key);
      change.emitAll([messageEvent("message.updated", edited, change.at)]);
      return toMessage(actor.user_id, edited);
    });
    return links.message(edited);
  },

  async listEdits(actor: Actor, { id, limit, cursor }: Input<"list_edits">): Promise<Output<"list_edits">> {
    const { after, ...page } = newestFirst.query({ limit, cursor });
    return database.snapshot(async (tx) => {
      await getVisible(tx, actor, id);
      const rows = await listEdits(
        tx,
        { tenant_id: actor.tenant_id, message_id: id },
        { ...page, ...(after && { beforeChangeSeq: after.change_seq }) },
      );
      return newestFirst.page(rows, {
        limit,
        view: ({ text, replaced_at }) => ({ text, replaced_at: replaced_at.toISOString() }),
        keyOf: ({ change_seq }) => ({ change_seq }),
      });
    });
  },
});
