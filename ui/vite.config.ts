import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// One bundle that is served from the program itself: no dev server address, nothing remote, nothing inlined
// (the content security policy of the window allows neither inline scripts nor data: fonts).
export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  base: './',
  build: {
    target: ['es2022', 'safari16.4', 'chrome110'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { port: 5173, strictPort: true, proxy: { '/call': 'http://127.0.0.1:7420', '/events': 'http://127.0.0.1:7420' } },
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist'],
    setupFiles: ['tests/setup.ts'],
  },
}));
