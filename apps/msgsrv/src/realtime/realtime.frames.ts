import { type EventData, type EventType, events } from "@vero/contracts";

/** An event of the contract on its way to sockets, as its viewer is shown it. */
export type OutgoingEvent = {
  [T in EventType]: { type: T; conversation_id?: string; change_seq?: number; at: string; data: EventData<T> };
}[EventType];

/**
 * Makes the bytes of an event frame for one connection, given that connection's counter of durable events: a few of its
 * own, and the same as for every other connection.
 */
export type EventWriter = (nextS: () => number) => readonly [own: Buffer, shared: Buffer];

const ephemeralStart = Buffer.from('{"t":"event",');

/**
 * Makes the writer of an event. Only `s` differs between connections: the rest is kept once for all of them, however
 * much waits to be sent to each.
 */
export function eventWriter(event: OutgoingEvent): EventWriter {
  const shared = Buffer.from(JSON.stringify(event).slice(1));
  if (!events[event.type].durable) return () => [ephemeralStart, shared];
  return (nextS) => [Buffer.from(`{"t":"event","s":${nextS()},`), shared];
}

/** Keeps one writer for each form that an event is rendered to: most of its viewers are shown the same. */
export function writersOnce(): (event: OutgoingEvent) => EventWriter {
  const writers = new Map<OutgoingEvent, EventWriter>();
  return (event) => {
    const writer = writers.get(event) ?? eventWriter(event);
    writers.set(event, writer);
    return writer;
  };
}
