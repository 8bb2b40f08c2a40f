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
  },
});
