import type { AnyEvent } from "@vero/sdk";
import type { Frame } from "../harness/socket.js";

/** Tells how things stand for one user: carries the number of the message it is about, which is not its own. */
const isPersonal = (event: AnyEvent): boolean => event.type === "message.deleted" && event.data.scope === "for_me";

/** Checks that on a connection `s` counts 1, 2, 3, …, and that the changes of a conversation ascend. */
export function checkOrder(frames: readonly Frame[]): void {
  let last = 0;
  const newest = new Map<string, number>();
  for (const frame of frames) {
    if (frame["t"] !== "event") continue;
    const event = frame as AnyEvent;
    if ("s" in event) {
      last += 1;
      if (event.s !== last) throw new Error(`event ${last} of the connection says that it is number ${event.s}`);
    }
    if (!("change_seq" in event) || isPersonal(event)) continue;
    const { conversation_id: id, change_seq, type } = event;
    const before = newest.get(id);
    // A conversation that appears (again) starts a count of its own.
    if (before !== undefined && change_seq <= before && type !== "conversation.created") {
      throw new Error(`${type} ${change_seq} of ${id} came after ${before}`);
    }
    newest.set(id, change_seq);
  }
}
