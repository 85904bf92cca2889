import { bind, msgsrvContract } from "@vero/contracts";
import type { Actor, BasesOf } from "@vero/server";
import type { z } from "zod";
import type { DeletionsService } from "./messages.delete.js";
import type { EditsService } from "./messages.edit.js";
import type { ForwardingService } from "./messages.forward.js";
import type { MessagesService } from "./messages.list.js";
import type { ReactionsService } from "./messages.react.js";
import type { SendingService } from "./messages.send.js";

type Operations = typeof msgsrvContract.messages;
type Handler<K extends keyof Operations> = (
  actor: Actor,
  input: z.output<Operations[K]["input"]>,
) => Promise<z.input<Operations[K]["output"]>>;

export interface MessagesContext {
  messages: MessagesService;
  sending: SendingService;
  edits: EditsService;
  deletions: DeletionsService;
  reactions: ReactionsService;
  forwarding: ForwardingService;
  /** Operations of messages that have rooms of their own. */
  search: { search: Handler<"search"> };
  sync: { sync: Handler<"sync"> };
}

export const messagesRouter = (bases: BasesOf<MessagesContext>) =>
  bind("messages", msgsrvContract.messages, bases, {
    send: ({ ctx, input }) => ctx.sending.send(ctx.actor, input),
    get: ({ ctx, input }) => ctx.messages.get(ctx.actor, input.id),
    list_edits: ({ ctx, input }) => ctx.edits.listEdits(ctx.actor, input),
    edit: ({ ctx, input }) => ctx.edits.edit(ctx.actor, input),
    delete: ({ ctx, input }) => ctx.deletions.delete(ctx.actor, input),
    react: ({ ctx, input }) => ctx.reactions.react(ctx.actor, input),
    forward: ({ ctx, input }) => ctx.forwarding.forward(ctx.actor, input),
    sync: ({ ctx, input }) => ctx.sync.sync(ctx.actor, input),
    list: ({ ctx, input }) => ctx.messages.list(ctx.actor, input),
    search: ({ ctx, input }) => ctx.search.search(ctx.actor, input),
  });
