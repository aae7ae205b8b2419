import { defineConfig } from "vite";

// One file per page that needs it; names are stable, the web server adds the content's hash.
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/rakorsus/web/static/build",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    cssCodeSplit: true,
    rolldownOptions: {
      input: { htmx: "src/htmx.ts", map: "src/map.ts", timeline: "src/timeline.ts", notes: "src/notes.ts", hall: "src/hall/main.ts",
        voice: "src/hall/voice.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
