import { type EventType, events } from "@vero/contracts";

/** An event on its way to sockets. */
export interface OutgoingEvent {
  type: EventType;
  conversation_id?: string;
  change_seq?: number;
  at: string;
  data: unknown;
}

/** Makes the text of an event frame for one connection, given that connection's counter of durable events. */
export type EventWriter = (nextS: () => number) => string;

/** Only `s` differs between connections, so everything else is written out once for all of them. */
export function eventWriter(event: OutgoingEvent): EventWriter {
  const rest = JSON.stringify(event).slice(1);
  if (!events[event.type].durable) return () => `{"t":"event",${rest}`;
  return (nextS) => `{"t":"event","s":${nextS()},${rest}`;
}
