import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

const dependencies = Object.keys(manifest.dependencies);

export default defineConfig({
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    // Read by people who debug through it, and bundled again by those whom its size matters to.
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      // The schemas come along, they are published nowhere else; what npm brings does not.
      external: (id) => dependencies.some((name) => id === name || id.startsWith(`${name}/`)),
    },
  },
});
