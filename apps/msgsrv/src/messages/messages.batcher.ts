import { AppError } from "@vero/contracts";
import { type ConversationKey, currentDeadline, Deadline } from "@vero/db";
import {
  type Answer,
  isOfAbsence,
  type Outcome,
  type Part,
  type Waiting,
  type Write,
  writeBatch,
} from "./messages.batch.js";

/**
 * The items that wait for one conversation, in the order in which they came. It is `ready` to be written with others,
 * `held` where another transaction had locked it, so that the next batch has nothing else and waits for it, or being
 * `written`: at most one batch has items of a conversation.
 */
interface Queue<Item, Result> {
  id: string;
  tenantId: string;
  waiting: Waiting<Item, Result>[];
  state: "ready" | "held" | "written";
}

interface Batch<Item, Result> {
  queues: Queue<Item, Result>[];
  parts: Part<Item, Result>[];
}

export interface BatcherOptions<Item, Result> {
  write: Write<Item, Result>;
  /** The number of items that one batch has at most. */
  maxItems?: number;
  /** The number of batches that are written at once: of all workspaces, and of one. */
  maxBatches?: number;
  maxBatchesOfTenant?: number;
  /** The number of batches that are written besides, each of one conversation that is held elsewhere. */
  maxHeldBatches?: number;
  /** The number of items that may wait: of all workspaces, and of one. */
  maxWaiting?: number;
  maxWaitingOfTenant?: number;
  /** The milliseconds that an item may take where no deadline was handed down with it. */
  itemMs?: number;
}

const tooMany = () => new AppError("unavailable", { detail: "Too many are waiting to be written.", retryAfter: 1 });
const tooLate = () => new AppError("unavailable", { detail: "The call could not be made in time.", retryAfter: 1 });

/** Adds to a count; there are no counts of 0. */
function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

/**
 * Gathers what is to be written, because one transaction writes many items at little more cost than one: at once while
 * fewer batches are under way than may be, so that nobody waits for company, or else together when one of these is
 * done. Workspaces take turns, and one alone does not take all batches.
 *
 * The queue is bounded in number and age: an item whose caller has been answered is not begun any more, and when the
 * database is away, the items that wait for a conversation fail with the batch that noticed it.
 */
export class Batcher<Item, Result> {
  readonly #options: Required<BatcherOptions<Item, Result>>;
  readonly #queues = new Map<string, Queue<Item, Result>>();
  /** The queues that are ready, by workspace; the workspace whose turn it is comes first. */
  readonly #ready = new Map<string, Set<Queue<Item, Result>>>();
  readonly #held = new Set<Queue<Item, Result>>();
  readonly #waitingOf = new Map<string, number>();
  readonly #batchesOf = new Map<string, number>();
  readonly #count = { waiting: 0, batches: 0, heldBatches: 0 };

  constructor(options: BatcherOptions<Item, Result>) {
    const bounds = {
      maxItems: 64,
      maxBatches: 4,
      maxBatchesOfTenant: 2,
      maxHeldBatches: 4,
      maxWaiting: 2_000,
      maxWaitingOfTenant: 1_000,
    };
    this.#options = { ...bounds, itemMs: 4_500, ...options };
  }

  /** Resolves when the item has been written; items of a conversation are written in the order of the calls. */
  add({ tenant_id, conversation_id }: ConversationKey, item: Item): Promise<Result> {
    const { maxWaiting, maxWaitingOfTenant, itemMs } = this.#options;
    const isFull = this.#count.waiting >= maxWaiting || (this.#waitingOf.get(tenant_id) ?? 0) >= maxWaitingOfTenant;
    if (isFull) return Promise.reject(tooMany());
    return new Promise((resolve, reject) => {
      const answer = (outcome: Answer<Result>) =>
        "error" in outcome ? reject(outcome.error) : resolve(outcome.result);
      const id = `${tenant_id} ${conversation_id}`;
      const queue = this.#queues.get(id) ?? { id, tenantId: tenant_id, waiting: [], state: "ready" as const };
      this.#queues.set(id, queue);
      queue.waiting.push({ item, deadline: currentDeadline() ?? new Deadline(itemMs), answer });
      this.#countWaiting(tenant_id, 1);
      this.#offer(queue);
      this.#start();
    });
  }

  #countWaiting(tenantId: string, change: number): void {
    this.#count.waiting += change;
    add(this.#waitingOf, tenantId, change);
  }

  /** Puts a queue where batches are taken from, or forgets it where nothing waits in it. */
  #offer(queue: Queue<Item, Result>): void {
    const { id, tenantId, waiting, state } = queue;
    if (state === "written") return;
    if (waiting.length === 0) this.#queues.delete(id);
    else if (state === "held") this.#held.add(queue);
    else this.#ready.set(tenantId, (this.#ready.get(tenantId) ?? new Set()).add(queue));
  }

  #start(): void {
    const { maxItems, maxBatches, maxHeldBatches } = this.#options;
    while (this.#count.batches < maxBatches) {
      const batch = this.#nextBatch();
      if (batch.queues.length === 0) break;
      void this.#run(batch, "batches");
    }
    for (const queue of this.#held) {
      if (this.#count.heldBatches >= maxHeldBatches) break;
      this.#held.delete(queue);
      void this.#run({ queues: [queue], parts: [this.#take(queue, maxItems)] }, "heldBatches");
    }
  }

  /** Finds the workspace whose turn it is: the first that may have another batch. */
  #nextTenant(): string | undefined {
    for (const tenantId of this.#ready.keys()) {
      if ((this.#batchesOf.get(tenantId) ?? 0) < this.#options.maxBatchesOfTenant) return tenantId;
    }
    return undefined;
  }

  /** Takes a batch of the workspace whose turn it is. */
  #nextBatch(): Batch<Item, Result> {
    const batch: Batch<Item, Result> = { queues: [], parts: [] };
    const tenantId = this.#nextTenant();
    const ready = tenantId === undefined ? undefined : this.#ready.get(tenantId);
    if (tenantId === undefined || ready === undefined) return batch;
    this.#ready.delete(tenantId);
    let room = this.#options.maxItems;
    for (const queue of ready) {
      if (room === 0) break;
      ready.delete(queue);
      const part = this.#take(queue, room);
      room -= part.length;
      batch.queues.push(queue);
      batch.parts.push(part);
    }
    if (ready.size > 0) this.#ready.set(tenantId, ready);
    return batch;
  }

  /** Takes what is next of a queue, without what has become too old. */
  #take(queue: Queue<Item, Result>, most: number): Part<Item, Result> {
    queue.state = "written";
    const taken = queue.waiting.splice(0, most);
    this.#countWaiting(queue.tenantId, -taken.length);
    return taken.filter(({ deadline, answer }) => {
      const isInTime = deadline.remainingMs > 0;
      if (!isInTime) answer({ error: tooLate() });
      return isInTime;
    });
  }

  async #run({ queues, parts }: Batch<Item, Result>, kind: "batches" | "heldBatches"): Promise<void> {
    const tenantId = queues[0]?.tenantId ?? "";
    this.#count[kind] += 1;
    if (kind === "batches") add(this.#batchesOf, tenantId, 1);
    const waits = kind === "heldBatches";
    const outcomes = await writeBatch(parts, (items) => this.#options.write(items, { waits }));
    this.#count[kind] -= 1;
    if (kind === "batches") add(this.#batchesOf, tenantId, -1);
    let at = 0;
    for (const [index, queue] of queues.entries()) {
      const part = parts[index] ?? [];
      this.#answerPart(queue, part, outcomes.slice(at, at + part.length));
      at += part.length;
    }
    const away = outcomes.find(isOfAbsence);
    if (away !== undefined && "error" in away) this.#failWaiting(queues, away);
    for (const queue of queues) this.#offer(queue);
    this.#start();
  }

  /** Answers the items of a queue that were in a batch; what is held elsewhere comes first in the next one. */
  #answerPart(queue: Queue<Item, Result>, part: Part<Item, Result>, outcomes: readonly Outcome<Result>[]): void {
    const again = part.filter(({ answer }, index) => {
      const outcome = outcomes[index] ?? { error: new Error("an item without an outcome") };
      if ("held" in outcome) return true;
      answer(outcome);
      return false;
    });
    queue.waiting.unshift(...again);
    this.#countWaiting(queue.tenantId, again.length);
    queue.state = again.length > 0 ? "held" : "ready";
  }

  #failWaiting(queues: readonly Queue<Item, Result>[], away: Answer<Result>): void {
    for (const queue of queues) {
      const waiting = queue.waiting.splice(0);
      this.#countWaiting(queue.tenantId, -waiting.length);
      for (const { answer } of waiting) answer(away);
    }
  }
}
