import { percentile } from "../order.js";
import { table } from "../summary.js";
import { say } from "../tool.js";
import type { Attack, AttackContext, Finding } from "./attack.js";
import { createMembers } from "./members.js";
import { residentMegabytes, withPeakOf } from "./memory.js";
import { createVictims, type Victims } from "./victims.js";

/** Calm and attack take turns, so that whatever else the machine does falls on both. */
const rounds = 4;
const usualRoundMs = 10_000;
const allowed = { ratio: 2, megabytes: 100 };

/** Times the victims' work while something else goes on, which is stopped when their time is over. */
async function workBeside<T>(
  victims: Victims,
  ms: number,
  attack: (ended: AbortSignal) => Promise<T>,
): Promise<{ times: number[][]; result: T }> {
  const end = new AbortController();
  const running = attack(end.signal);
  try {
    // An attack that cannot go on is no reason to wait for the rest of its round.
    const failed = running.then(() => new Promise<never>(() => {}));
    const times = await Promise.race([victims.workUntil(AbortSignal.timeout(ms)), failed]);
    end.abort();
    return { times, result: await running };
  } finally {
    end.abort();
  }
}

/** The same for an attack that ends by itself. */
async function workDuring<T>(victims: Victims, attack: () => Promise<T>): Promise<{ times: number[][]; result: T }> {
  const end = new AbortController();
  const [times, result] = await Promise.all([victims.workUntil(end.signal), attack().finally(() => end.abort())]);
  return { times, result };
}

/** The times of one kind of work, calm and attacked. */
function compare(name: string, calm: readonly number[], attacked: readonly number[]): Finding[] {
  const pair = (percent: number) => [calm, attacked].map((times) => percentile(times, percent).toFixed(1)).join(", ");
  const ratio = percentile(attacked, 99) / percentile(calm, 99);
  return [
    { name: `${name}: calm, attacked`, figure: `${calm.length}, ${attacked.length}`, isWithin: true },
    { name: `${name}: p50 (ms)`, figure: pair(50), isWithin: true },
    { name: `${name}: p99 (ms)`, figure: pair(99), isWithin: true },
    { name: `${name}: ratio of p99`, figure: ratio.toFixed(2), isWithin: ratio <= allowed.ratio },
  ];
}

async function findings(attack: Attack, context: AttackContext, victims: Victims, pid: number): Promise<Finding[]> {
  const ms = attack.roundMs ?? usualRoundMs;
  await victims.workUntil(AbortSignal.timeout(ms));
  const before = await residentMegabytes(pid);
  const [calm, attacked] = [victims.works, victims.works].map((works) => works.map((): number[] => []));
  const note = (all: number[][] | undefined, times: number[][]) => {
    for (const [at, some] of times.entries()) all?.[at]?.push(...some);
  };
  let [most, done] = [before, 0];
  for (let round = 0; round < rounds; round += 1) {
    note(calm, await victims.workUntil(AbortSignal.timeout(ms)));
    const attackNow = () => workBeside(victims, ms, (ended) => attack.run(context, ended));
    const { peak, result } = await withPeakOf(pid, attackNow);
    note(attacked, result.times);
    done += result.result;
    most = Math.max(most, peak);
  }
  const own: Finding[] = [];
  if (attack.verify !== undefined) {
    const { verify } = attack;
    const { peak, result } = await withPeakOf(pid, () => workDuring(victims, () => verify(context)));
    note(attacked, result.times);
    own.push(...result.result);
    most = Math.max(most, peak);
  }
  const growth = most - before;
  return [
    { name: "done by the attack", figure: `${done}`, isWithin: done > 0 },
    ...victims.works.flatMap(({ name }, at) => compare(name, calm?.[at] ?? [], attacked?.[at] ?? [])),
    {
      name: "RSS before, peak (MB)",
      figure: `${before.toFixed(0)}, ${most.toFixed(0)}`,
      isWithin: growth <= allowed.megabytes,
    },
    ...own,
  ];
}

/** Attacks a server, and says what others notice of it; false where that is more than allowed. */
export async function measure(attack: Attack, url: string, pid: number): Promise<boolean> {
  const victims = await createVictims(url, ...(attack.victimsAlso === undefined ? [] : [attack.victimsAlso]));
  const context = { url, attackers: await createMembers(url, "Attackers", attack.attackers) };
  await attack.prepare(context);
  const found = await findings(attack, context, victims, pid);
  table(found.map(({ name, figure, isWithin }) => [name, isWithin ? figure : `${figure} (too much)`]));
  if (found[0]?.isWithin === false) {
    say("The server did nothing of what the attack wants of it: this measured no attack.");
  }
  return found.every(({ isWithin }) => isWithin);
}
