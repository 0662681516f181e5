import { defineConfig, type Plugin } from "vite";

/**
 * All our materials bring their own GLSL, so three's own shader texts (a quarter of its compressed size)
 * stay out of the bundle. Only `three/src` keeps them in a file of their own.
 */
function withoutBuiltInShaders(): Plugin {
  return {
    name: "without-built-in-shaders",
    enforce: "pre",
    load(id) {
      if (id.endsWith("/three/src/renderers/shaders/ShaderChunk.js")) {
        return "export const ShaderChunk = {};";
      }
      if (id.endsWith("/three/src/renderers/shaders/ShaderLib.js")) {
        return "export const ShaderLib = {};";
      }
      return null;
    },
  };
}

/** `#version`, indentation and comments cost bytes that the GPU never reads. */
function compactGlsl(): Plugin {
  return {
    name: "compact-glsl",
    enforce: "pre",
    transform(code, id) {
      if (!/\.(vert|frag|glsl)$/.test(id)) return null;
      const compact = code
        .replace(/\/\/.*$/gm, "")
        .replace(/^\s+/gm, "")
        .replace(/\n{2,}/g, "\n");
      return { code: `export default ${JSON.stringify(compact)};`, map: null };
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [withoutBuiltInShaders(), compactGlsl()],
  resolve: { alias: [{ find: /^three$/, replacement: "three/src/Three.js" }] },
  build: {
    outDir: "../src/bilderatlas/publish/site/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  test: { include: ["tests/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
