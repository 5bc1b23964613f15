// How the client is built and tested: hashed files below /assets/, workers as modules, codecs bundled ahead in dev.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// In dev these CommonJS codecs have no default export unless they are bundled ahead.
const codecs = [
  "@cornerstonejs/codec-charls/decodewasmjs",
  "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs",
  "@cornerstonejs/codec-openjpeg/decodewasmjs",
  "@cornerstonejs/codec-openjph/wasmjs",
  "@cornerstonejs/codec-libjxl/decodewasmjs",
  "jpeg-lossless-decoder-js",
];

const server = process.env["KONTOR_SERVER"] ?? "http://127.0.0.1:8080";

// Names of elements and UIDs are the server's own tables: one edition of the standard for both.
const dictionary = fileURLToPath(new URL("../src/kontor/dicom/dictionary", import.meta.url));

const pure = ["tests/{api,display,house,locale,viewport}/**/*.test.ts"];
const withPage = ["tests/viewport/decoder.test.ts"];
const onlyPure = ["tests/{api,display,house,locale}/**", "tests/viewport/!(decoder).test.ts"];

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@dictionary": dictionary } },
  worker: { format: "es" },
  optimizeDeps: { include: codecs },
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    host: "127.0.0.1",
    port: 5173,
    fs: { allow: [".", dictionary] },
    proxy: Object.fromEntries(["/api", "/dicom-web", "/readyz"].map((path) => [path, { target: server }])),
  },
  test: {
    restoreMocks: true,
    // A document takes a second to make for each file: what knows no page does without.
    projects: [
      { extends: true, test: { name: "pure", environment: "node", include: pure, exclude: withPage } },
      {
        extends: true,
        test: { name: "page", environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}"], exclude: onlyPure },
      },
    ],
  },
});
