/** A measurement: how often something was done in how long, and how long each time took. */
export interface Sample {
  count: number;
  seconds: number;
  /** Milliseconds. */
  latencies: number[];
  /** Milliseconds that the server's process worked meanwhile; absent where nothing but a database did. */
  cpuMs?: number;
}

/** Clients who each do something again as soon as it is done, until the time is over; what fails ends the benchmark. */
export async function closedLoop(
  { clients, seconds }: { clients: number; seconds: number },
  act: (client: number) => Promise<unknown>,
): Promise<Sample> {
  const latencies: number[] = [];
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const loop = async (client: number) => {
    for (let before = begun; before < end; ) {
      await act(client);
      const now = performance.now();
      latencies.push(now - before);
      before = now;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => loop(client)));
  return { count: latencies.length, seconds: (performance.now() - begun) / 1000, latencies };
}

/** Does something for about so many seconds, and measures it. */
export type Run = (seconds: number) => Promise<Sample>;

/** The measurements of the product, and of others beside it. */
export interface Comparison {
  ours: Sample;
  others: Record<string, Sample>;
}

const rounds = 2;

/**
 * Measures the product and others in turns, so that whatever else the machine does falls on all of them. Each warms up
 * for half of its time.
 */
export async function takeTurns(seconds: number, ours: Run, others: Record<string, Run>): Promise<Comparison> {
  const contenders = [ours, ...Object.values(others)].map((run) => ({
    run,
    sample: { count: 0, seconds: 0, latencies: [] } as Sample,
  }));
  for (const { run } of contenders) await run(seconds / 2);
  for (let round = 0; round < rounds; round += 1) {
    for (const { run, sample } of contenders) {
      const { count, seconds: took, latencies, cpuMs } = await run(seconds / rounds);
      sample.count += count;
      sample.seconds += took;
      if (cpuMs !== undefined) sample.cpuMs = (sample.cpuMs ?? 0) + cpuMs;
      for (const latency of latencies) sample.latencies.push(latency);
    }
  }
  const [own, ...rest] = contenders.map(({ sample }) => sample);
  return {
    ours: own as Sample,
    others: Object.fromEntries(Object.keys(others).map((name, index) => [name, rest[index] as Sample])),
  };
}
