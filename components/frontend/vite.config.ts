import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  server: {
    proxy: { '/api': 'http://localhost:8080' },
  },
  build: {
    target: 'es2022',
    // Every asset is a file of its own: the page's content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
  },
});
