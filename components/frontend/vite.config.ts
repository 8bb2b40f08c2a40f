import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressAssets } from './compress-assets.ts';
import { compileMessages } from './compile-messages.ts';

export default defineConfig({
  plugins: [react(), compileMessages(), compressAssets()],
  resolve: {
    // Messages are compiled when the page is built; this half of the library only fills them in.
    alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  server: {
    proxy: { '/api': 'http://localhost:8080' },
  },
  build: {
    target: 'es2022',
    // Every asset is a file of its own: the page's content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every page stands on, in two files instead of some dozens of small ones.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|use-intl|use-sync-external-store|@tanstack\/(query-core|react-query|router-core|react-router|history|store|react-store))\//,
            },
            {
              name: 'shell',
              test: /node_modules\/@mantine\/core\/esm\/core\/|frontend\/src\/(app|format)\//,
            },
          ],
        },
      },
    },
  },
});
