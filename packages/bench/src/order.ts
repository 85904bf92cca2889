/** A message as the service acknowledged it. `key` is the client_message_id. */
export interface Sent {
  key: string;
  seq: number;
  text: string;
}

/** A message as it arrived. */
export interface Received extends Sent {
  /** Milliseconds, by this process's own clock. */
  at: number;
}

export interface Verdict {
  lost: number;
  duplicates: number;
  out_of_order: number;
  /** Another text or seq than was acknowledged, or a message that nobody here has sent. */
  altered: number;
}

export const flawless = (): Verdict => ({ lost: 0, duplicates: 0, out_of_order: 0, altered: 0 });

export const sum = (a: Verdict, b: Verdict): Verdict => ({
  lost: a.lost + b.lost,
  duplicates: a.duplicates + b.duplicates,
  out_of_order: a.out_of_order + b.out_of_order,
  altered: a.altered + b.altered,
});

/** Compares what one side received of a conversation with what was sent to it, one message after the other. */
export function compare(sent: readonly Sent[], received: readonly Sent[]): Verdict {
  const verdict = flawless();
  const places = new Map(sent.map((message, place) => [message.key, { ...message, place }]));
  const seen = new Set<string>();
  let furthest = -1;
  for (const { key, seq, text } of received) {
    const original = places.get(key);
    if (original === undefined || original.seq !== seq || original.text !== text) verdict.altered += 1;
    if (original === undefined) continue;
    if (seen.has(key)) verdict.duplicates += 1;
    else if (original.place < furthest) verdict.out_of_order += 1;
    furthest = Math.max(furthest, original.place);
    seen.add(key);
  }
  verdict.lost = sent.length - seen.size;
  // Each was sent after the one before it was acknowledged, so the numbers must say the same.
  for (const [place, { seq }] of sent.entries()) {
    if (place > 0 && seq <= (sent[place - 1] as Sent).seq) verdict.out_of_order += 1;
  }
  return verdict;
}

export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
};
