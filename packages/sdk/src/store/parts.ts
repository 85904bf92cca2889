import type { Vero } from "../vero.js";
import type { Core } from "./core.js";
import type { StoreSession } from "./session.js";
import type { StoreLimits } from "./types.js";
import type { Windows } from "./windows.js";

/** The parts of a store, which its selectors and its actions share. */
export interface StoreParts {
  readonly vero: Vero;
  readonly core: Core;
  readonly windows: Windows;
  readonly limits: StoreLimits;
  /** Undefined until the store is started, and after it has stopped. */
  session: StoreSession | undefined;
}
