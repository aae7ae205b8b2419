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
<<<<<<< HEAD
      input: { htmx: "src/htmx.ts", map: "src/map.ts", timeline: "src/timeline.ts", notes: "src/notes.ts" },
=======
      input: { htmx: "src/htmx.ts", map: "src/map.ts", timeline: "src/timeline.ts", hall: "src/hall/main.ts" },
>>>>>>> b8138ca (hall: the scene of a meeting from the city's own records, drawn in 3D and from above)
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
