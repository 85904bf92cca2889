import { type Executor, listSharedMessageViews, type MessageView } from "@vero/db";

/** Reads a message that has been changed, as all share it. */
export async function readChanged(tx: Executor, tenantId: string, id: string): Promise<MessageView> {
  const [view] = await listSharedMessageViews(tx, tenantId, [id]);
  if (view === undefined) throw new Error("a message that was changed is there");
  return view;
}
