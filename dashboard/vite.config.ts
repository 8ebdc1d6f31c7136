import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** Where `npm run dev` finds the API; the built dashboard is served by the API itself, from the same origin. */
const api = process.env['BELTLINE_API'] ?? 'http://127.0.0.1:4680';

export default defineConfig({
  plugins: [vue({ features: { optionsAPI: false } })],
  define: {
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
    // Messages are interpreted, never turned into functions, so a content policy without `unsafe-eval` holds.
    __INTLIFY_JIT_COMPILATION__: true,
  },
  server: { port: 5173, proxy: { '/api': api } },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Inlined assets would need `data:` in the content policy.
    assetsInlineLimit: 0,
    // The lazy chart engine is about 600 kB before compression; the first page is far below.
    chunkSizeWarningLimit: 800,
  },
});
