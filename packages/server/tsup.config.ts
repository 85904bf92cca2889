import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", publish: "src/bus/publish.ts" },
  format: "esm",
  target: "node20",
  clean: true,
});
