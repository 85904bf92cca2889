import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import type { StaticFile } from "@vero/server";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface PageFiles {
  html: string;
  /** The files below `/assets`, whose names change with their content. */
  assets: { path: string; file: StaticFile }[];
}

/** Finds the files of the page, as its build has left them. */
export function findPageFiles(): PageFiles {
  const folder = join(dirname(createRequire(import.meta.url).resolve("@vero/web/package.json")), "dist");
  const assets = join(folder, "assets");
  try {
    return {
      html: readFileSync(join(folder, "index.html"), "utf8"),
      assets: readdirSync(assets).map((name) => ({
        path: `/assets/${name}`,
        file: {
          type: types[extname(name)] ?? "application/octet-stream",
          read: () => readFileSync(join(assets, name)),
          headers: { "cache-control": "public, max-age=31536000, immutable" },
        },
      })),
    };
  } catch (cause) {
    throw new Error("The page is not built: npm run build builds it, VERO_WEB=off does without it.", { cause });
  }
}
