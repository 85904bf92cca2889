import { defineConfig } from "tsup";

/** Images are decoded by a process of its own, which is started by the name of its file. */
const entry = { index: "src/index.ts", main: "src/main.ts", "images.worker": "src/media/images.worker.ts" };

export default defineConfig({ entry, format: "esm", target: "node20", clean: true });
