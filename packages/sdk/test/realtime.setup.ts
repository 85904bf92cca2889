import { afterEach, beforeEach } from "vitest";
import { eventually } from "../../../test/harness/waiting.js";
import { createVero, type RealtimeEvents, type Vero, type VeroOptions } from "../src/index.js";
import { ids, Service } from "./service.js";

/** A service and a client, fresh for each test. Delays are short; nothing depends on how short. */
export let service: Service;
export let vero: Vero;

/** Replaces the client by one with other options. */
export function use(options: Partial<VeroOptions>): Vero {
  vero = createVero({
    baseUrl: service.url,
    tokens: service.issue(),
    retry: { minDelayMs: 1 },
    realtime: { minDelayMs: 2, maxDelayMs: 10 },
    ...options,
  });
  return vero;
}

export function eachTestAlone(): void {
  beforeEach(async () => {
    service = await Service.start();
    use({});
  });
  afterEach(async () => {
    vero.realtime.close();
    await service.stop();
  });
}

export const until = (check: () => void) => eventually(check);

/** The next event of this type. */
export const next = <E extends keyof RealtimeEvents>(type: E): Promise<RealtimeEvents[E]> =>
  new Promise((resolve) => {
    const stop = vero.realtime.on(type, (event) => {
      stop();
      resolve(event);
    });
  });

/** All events of this type from now on. */
export const collect = <E extends keyof RealtimeEvents>(type: E): RealtimeEvents[E][] => {
  const events: RealtimeEvents[E][] = [];
  vero.realtime.on(type, (event) => events.push(event));
  return events;
};

export const at = "2026-03-01T12:00:00.000Z";

export const created = (s: number, change_seq: number, id = `m-${change_seq}`, more: object = {}) => ({
  t: "event",
  s,
  type: "message.created",
  conversation_id: ids.conversation,
  change_seq,
  at,
  data: { message: { id, change_seq } },
  ...more,
});
