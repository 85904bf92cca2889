import { type AnyRouter, initTRPC } from "@trpc/server";
import { contract } from "../index.js";
import { bind, type ProcedureMeta } from "../kernel/bind.js";
import type { Domain } from "../kernel/procedure.js";

/** The contract bound as in the services, with handlers that nobody calls: document and routes cannot drift apart. */
export const stubRouter = (): AnyRouter => {
  const t = initTRPC.meta<ProcedureMeta>().create();
  const bases = { public: t.procedure, session: t.procedure };
  const rooms = Object.entries<Domain>(contract).map(([room, domain]) => {
    const handlers = Object.fromEntries(Object.keys(domain).map((name) => [name, async () => undefined]));
    return [room, t.router(bind(room, domain, bases, handlers))];
  });
  return t.router(Object.fromEntries(rooms));
};
