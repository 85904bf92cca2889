import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { Attack } from "./attacks/attack.js";
import { createMembers } from "./attacks/members.js";
import { attacks } from "./attacks/registry.js";
import { createVictims } from "./attacks/victims.js";
import { percentile } from "./order.js";
import { withServer } from "./server.js";
import { table } from "./summary.js";
import { runTool, say, UsageError } from "./tool.js";

/** Calm and attack take turns, so that whatever else the machine does falls on both. */
const rounds = 4;
const roundMs = 10_000;
const allowed = { ratio: 2, megabytes: 100 };
/** How often the memory is looked at during an attack. */
const sampleMs = 500;

/** As in production: the rates of the contract, a proxy that says where people come from. */
const environment = () => ({
  NODE_ENV: "production",
  VERO_RATE_LIMITS: "on",
  VERO_TRUSTED_PROXIES: "1",
  VERO_SECRET: randomBytes(48).toString("base64url"),
});

/** Not while everything else waits: the times of the victims are measured in this process. */
async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

async function measure(attack: Attack, url: string, pid: number): Promise<boolean> {
  const victims = await createVictims(url);
  const context = { url, attackers: await createMembers(url, "Attackers", attack.attackers) };
  await attack.prepare(context);
  await victims.sendFor(roundMs);
  const before = await residentMegabytes(pid);
  const [calm, attacked]: [number[], number[]] = [[], []];
  let [peak, done] = [before, 0];
  const sample = async () => {
    peak = Math.max(peak, await residentMegabytes(pid));
  };
  for (let round = 0; round < rounds; round += 1) {
    calm.push(...(await victims.sendFor(roundMs)));
    const end = new AbortController();
    const running = attack.run(context, end.signal);
    const sampling = setInterval(() => void sample().catch(() => {}), sampleMs);
    try {
      // An attack that cannot go on is no reason to wait for the rest of its round.
      const failed = running.then(() => new Promise<never>(() => {}));
      attacked.push(...(await Promise.race([victims.sendFor(roundMs), failed])));
      await sample();
    } finally {
      clearInterval(sampling);
      end.abort();
    }
    done += await running;
  }
  const ratio = percentile(attacked, 99) / percentile(calm, 99);
  const growth = peak - before;
  table([
    ["sends calm, attacked", `${calm.length}, ${attacked.length}`],
    ["done by the attack", `${done}`],
    ["calm, p50 (ms)", percentile(calm, 50).toFixed(1)],
    ["calm, p99 (ms)", percentile(calm, 99).toFixed(1)],
    ["attacked, p50 (ms)", percentile(attacked, 50).toFixed(1)],
    ["attacked, p99 (ms)", percentile(attacked, 99).toFixed(1)],
    ["ratio of p99", ratio.toFixed(2)],
    ["RSS before, peak (MB)", `${before.toFixed(0)}, ${peak.toFixed(0)}`],
  ]);
  if (done === 0) say("The server did nothing of what the attack wants of it: this measured no attack.");
  return done > 0 && ratio <= allowed.ratio && growth <= allowed.megabytes;
}

/** What people of one workspace notice of what people of another one do: exits with 1 where it is more than allowed. */
await runTool("attacks", async () => {
  const names = process.argv.slice(2);
  const known = Object.keys(attacks);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UsageError(`No such attack: ${unknown.join(", ")}. There are ${known.join(", ")}.`);
  let isWithin = true;
  for (const name of names.length > 0 ? names : known) {
    const attack = attacks[name] as Attack;
    say(`${name}: ${attack.summary}`);
    isWithin = (await withServer((url, { pid }) => measure(attack, url, pid), environment())) && isWithin;
  }
  return isWithin;
});
