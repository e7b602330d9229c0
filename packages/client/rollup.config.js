import { fileURLToPath } from 'node:url';
import { dts } from 'rollup-plugin-dts';

/** The router's declarations, which spell out every input and output; the rest of that package is the server's. */
const router = fileURLToPath(new URL('router.d.ts', import.meta.resolve('@interview-webhooks/api')));
const insideServer = fileURLToPath(new URL('inside-server.d.ts', import.meta.url));

/** @type {import('rollup').Plugin} */
const withoutServer = {
  name: 'without-server',
  resolveId: (id, importer) => {
    if (id === '@interview-webhooks/api') return router;
    return importer === router && id.startsWith('.') ? insideServer : null;
  },
};

/** One file of declarations, with the types of the workspace's packages in it. */
export default {
  input: 'src/index.ts',
  output: { file: 'dist/index.d.ts', format: 'es' },
  external: [/^@trpc\//, /^zod/],
  plugins: [withoutServer, dts({ respectExternal: true, tsconfig: 'tsconfig.build.json' })],
};
