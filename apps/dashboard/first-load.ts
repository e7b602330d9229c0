import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

const MAX_BYTES = 160_000;
/** What is asked for at once besides the entry; see src/app/app.tsx. Pages come after it. */
const SIGNED_IN = 'src/app/signed-in.tsx';

/** Prints how much JavaScript, gzipped, is loaded before any page's own, and refuses a build with too much of it. */
export function firstLoad(): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const loaded = new Set<Rollup.OutputChunk>();
      const add = (chunk: Rollup.OutputChunk | undefined) => {
        if (!chunk || loaded.has(chunk)) return;
        loaded.add(chunk);
        for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name));
      };
      add(chunks.find(({ isEntry }) => isEntry));
      const signedIn = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(SIGNED_IN));
      if (!signedIn) this.error(`${SIGNED_IN} is no chunk of its own any more`);
      add(signedIn);
      // Loaded before it is told not to, Zod would run into the content security policy; see src/lib/zod-without-eval.ts.
      if ([...loaded].some(({ moduleIds }) => moduleIds.some((id) => id.includes('/node_modules/zod/'))))
        this.error('the first load contains Zod');
      const bytes = [...loaded].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
      this.info(`first load: ${(bytes / 1000).toFixed(1)} kB of JavaScript gzipped, ${loaded.size} files`);
      if (bytes > MAX_BYTES) this.error(`the first load may be at most ${MAX_BYTES / 1000} kB`);
    },
  };
}
