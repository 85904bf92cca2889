import { existsSync } from "node:fs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Finds a Chromium on this machine. Where one is demanded, by its name or because the suite has to be complete, it must be there. */
export function findChromium(): string | undefined {
  const { VERO_CHROMIUM: named, CI: isComplete } = process.env;
  const found = (named ? [named] : places).find((path) => existsSync(path));
  if (found === undefined && (named || isComplete)) {
    throw new Error(`No Chromium at ${named ?? places.join(", ")}. VERO_CHROMIUM names the one to use.`);
  }
  return found;
}
