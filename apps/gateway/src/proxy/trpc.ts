import replyFrom from "@fastify/reply-from";
import { type Domain, maxRequestBytes, msgsrvContract, type Procedure } from "@vero/contracts";
import { boundedBody } from "@vero/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { answerMsOf, hooks, type ProxyOptions, refuseAnnounced, undiciWith } from "./proxy.js";

const remoteOperations = new Map<string, Procedure>(
  Object.entries<Domain>(msgsrvContract).flatMap(([room, domain]) =>
    Object.entries(domain).map(([name, procedure]) => [`${room}.${name}`, procedure] as const),
  ),
);

const operationsOf = ({ params }: FastifyRequest): string[] => ((params as { path?: string }).path ?? "").split(",");

/** The calls of a batch that go to one of the two services, with their positions in the batch. */
interface Part {
  names: string[];
  ordinals: number[];
}

function partsOf(operations: readonly string[]): Part[] {
  return [true, false].flatMap((isRemote) => {
    const ordinals = [...operations.keys()].filter((at) => remoteOperations.has(operations[at] ?? "") === isRemote);
    return ordinals.length === 0 ? [] : [{ ordinals, names: ordinals.map((at) => operations[at] ?? "") }];
  });
}

/** Returns the inputs by their positions in the whole batch; none where they cannot be parsed. */
function inputsOf({ method, body, query }: FastifyRequest): Record<string, unknown> {
  const text = method === "GET" ? (query as { input?: string }).input : (body as string | undefined);
  try {
    const inputs: unknown = JSON.parse(text ?? "{}");
    return typeof inputs === "object" && inputs !== null ? { ...inputs } : {};
  } catch {
    return {};
  }
}

const notRepeated = ["content-length", "transfer-encoding", "connection", "accept-encoding", "expect"];

/** Injects the calls for one service into this very server, as a request of their own. */
async function callPart(app: FastifyInstance, request: FastifyRequest, { names, ordinals }: Part) {
  const given = inputsOf(request);
  const inputs = JSON.stringify(Object.fromEntries(ordinals.map((at, index) => [index, given[at]])));
  const isGet = request.method === "GET";
  const path = `/trpc/${names.map(encodeURIComponent).join(",")}?batch=1`;
  const repeatedHeaders = Object.entries(request.headers).filter(([name]) => !notRepeated.includes(name));
  const { remoteAddress } = request.raw.socket;
  const answer = await app.inject({
    method: isGet ? "GET" : "POST",
    url: isGet ? `${path}&input=${encodeURIComponent(inputs)}` : path,
    headers: { ...Object.fromEntries(repeatedHeaders), "x-request-id": request.id } as Record<string, string>,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
    ...(isGet ? {} : { payload: inputs }),
  });
  const parsed: unknown = answer.json();
  // A request that is refused as a whole has a single error, which stands for each of its calls.
  const results = Array.isArray(parsed) ? parsed : ordinals.map(() => parsed);
  return { status: answer.statusCode, results: ordinals.map((at, index) => [at, results[index]] as const) };
}

/**
 * Forwards `/trpc/<operation>` where all operations are the messaging service's; `local` mounts the others. A batch
 * with operations of both is split, and its answers are put together in the order of its calls.
 */
export async function mountTrpcProxy(
  app: FastifyInstance,
  { local, ...to }: ProxyOptions & { local: (scope: FastifyInstance) => Promise<void> },
): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(replyFrom, {
      base: to.upstream,
      disableRequestLogging: true,
      undici: undiciWith(answerMsOf({}, to)),
    });
    scope.addHook("onRequest", async (request, reply) => {
      const operations = operationsOf(request);
      if (!operations.every((operation) => remoteOperations.has(operation))) return;
      refuseAnnounced(request);
      if (request.method !== "GET") request.body = boundedBody(request.raw, maxRequestBytes);
      const timeout = Math.max(...operations.map((operation) => answerMsOf(remoteOperations.get(operation) ?? {}, to)));
      return reply.from(`/trpc/${operations.join(",")}`, { ...hooks, timeout });
    });
    scope.addHook("preHandler", async (request, reply) => {
      const parts = partsOf(operationsOf(request));
      if (parts.length < 2) return;
      const answers = await Promise.all(parts.map((part) => callPart(app, request, part)));
      const statuses = new Set(answers.map(({ status }) => status));
      const results = answers.flatMap((answer) => answer.results).sort(([one], [other]) => one - other);
      return reply.code(statuses.size === 1 ? (answers[0]?.status ?? 207) : 207).send(results.map(([, one]) => one));
    });
    await local(scope);
  });
}
