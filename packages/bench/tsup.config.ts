import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/demo.ts", "src/sends.ts", "src/ready.ts"],
  format: "esm",
  target: "node20",
  clean: true,
});
