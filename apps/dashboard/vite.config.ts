import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { firstLoad } from './first-load.ts';
import { precompress } from './precompress.ts';

const api = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress(), firstLoad()],
  // The workspace's packages as source: a change in the schema shows without building it first.
  resolve: { conditions: ['@interview-webhooks/source', ...defaultClientConditions] },
  build: {
    // Every browser with module scripts that matters preloads modules itself.
    modulePreload: { polyfill: false },
    // Inlined as data: URLs, scripts and fonts would break the content security policy.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    strictPort: true,
    // The Host header stays the page's, so that the server sees requests of the same origin.
    proxy: Object.fromEntries(
      ['/trpc', '/ai-interviews', '/api', '/healthz', '/readyz'].map((path) => [
        path,
        { target: api, changeOrigin: false },
      ]),
    ),
  },
});
