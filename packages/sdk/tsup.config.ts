import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "store/index": "src/store/index.ts",
    "store/idb": "src/store/storage.idb.ts",
    "react/index": "src/react/index.ts",
  },
  format: ["esm", "cjs"],
  // Browsers and Node alike: nothing of Node is imported, except `ws`, and that only where there is no WebSocket.
  platform: "neutral",
  target: "es2022",
  external: ["ws", "react"],
  dts: true,
  sourcemap: true,
  clean: true,
});
