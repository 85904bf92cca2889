import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://localhost:3000";

export default defineConfig({
  // Relative, so that the page also works below a path of a proxy.
  base: "./",
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  build: {
    target: "es2022",
    // The policy of the page allows no inline scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Only Node needs it, where there is no WebSocket.
    rolldownOptions: { external: ["ws"] },
  },
  server: {
    proxy: Object.fromEntries(["/auth", "/v1", "/objects"].map((path) => [path, { target: server, ws: true }])),
  },
});
