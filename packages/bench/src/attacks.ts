import { randomBytes } from "node:crypto";
import type { Attack } from "./attacks/attack.js";
import { measure } from "./attacks/measure.js";
import { attacks } from "./attacks/registry.js";
import { withServer } from "./server.js";
import { runTool, say, UsageError } from "./tool.js";

/** As in production: the rates of the contract, a proxy that says where people come from. */
const environment = () => ({
  NODE_ENV: "production",
  VERO_RATE_LIMITS: "on",
  VERO_TRUSTED_PROXIES: "1",
  VERO_SECRET: randomBytes(48).toString("base64url"),
});

/** Measures how much people of one workspace notice of what people of another one do; exits with 1 above the bound. */
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
