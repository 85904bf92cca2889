import { closest, distance } from "fastest-levenshtein";
import { objectsEnvironment } from "../objects/environment.js";
import { quotaEnvironment } from "../objects/quota.js";
import { commonEnvironment } from "./environment.js";
import type { Problem } from "./problem.js";

/** The variables of all services: those of a deployment may be given the same environment. */
const ofServices = Object.keys({
  ...commonEnvironment,
  ...objectsEnvironment,
  ...quotaEnvironment,
  VERO_SECRET: null,
  VERO_SECRET_PREVIOUS: null,
  VERO_DATA_DIR: null,
  VERO_OFFLINE_AFTER: null,
  VERO_WEB: null,
  VERO_SIGNUP: null,
}).filter((name) => name.startsWith("VERO_"));

/** The variables of the demo, the tests and the checks of this repository, which start services. */
const ofTools = [
  "VERO_URL",
  "VERO_TEST_PATIENCE",
  "VERO_PROVE",
  "VERO_PROVE_REQUESTS",
  "VERO_SEED",
  "VERO_HISTORY",
  "VERO_REQUESTS",
  "VERO_SCHEMATHESIS_SECONDS",
];

const known = new Set([...ofServices, ...ofServices.map((name) => `${name}_FILE`), ...ofTools]);

/** The most letters by which a name may differ from the one that was meant. */
const maxTypos = 4;

/**
 * Finds the variables that begin as ours do and that no service reads: a limit that is misspelt would not hold, without
 * a word.
 */
export function unknownVariables(env: NodeJS.ProcessEnv): Problem[] {
  const unknown = Object.keys(env).filter((name) => name.startsWith("VERO_") && !known.has(name));
  return unknown.map((name): Problem => {
    const near = closest(name, ofServices);
    return [name, distance(name, near) > maxTypos ? "is unknown" : `is unknown; did you mean ${near}?`];
  });
}
