import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importDirection } from './scripts/import-direction.mjs';

/** Imports run one way. A workspace package may import those listed beside it, and no others. */
export const mayImport = {
  'packages/schema': [],
  'packages/testing': [],
  'packages/webhooks': ['schema'],
  'packages/database': ['schema'],
  'packages/domain': ['schema', 'webhooks', 'database'],
  'packages/delivery': ['schema', 'webhooks', 'database', 'domain', 'testing'],
  'packages/api': ['schema', 'domain'],
  // What else is in there needs Node.
  'packages/client/src': ['schema', 'api', 'webhooks/web'],
  'packages/client/examples': ['client'],
  'packages/client/test': ['schema', 'api', 'testing', 'client'],
  'apps/server': ['schema', 'database', 'domain', 'delivery', 'api', 'testing'],
  'apps/cli': [
    'client',
    'server/serve',
    'server/work',
    'server/migrate',
    'server/recover-key',
    'server/rotate-secrets',
    'testing',
  ],
  'apps/dashboard': ['schema', 'api', 'testing'],
  bench: ['schema', 'webhooks', 'database', 'domain', 'client', 'testing'],
};

/** Where the router is known by its type, so that nothing of the server gets into what is shipped. */
const typesOfApiOnly = ['apps/dashboard', 'packages/client/src'];

const direction = Object.entries(mayImport).map(([place, allowed]) => ({
  files: [`${place}/**/*.{ts,tsx,js,mjs}`],
  plugins: { workspace: { rules: { 'import-direction': importDirection } } },
  rules: {
    'workspace/import-direction': [
      'error',
      { place, allowed, typesOnly: typesOfApiOnly.includes(place) ? ['@interview-webhooks/api'] : [] },
    ],
  },
}));

export default defineConfig([
  globalIgnores(['**/dist/', '**/.turbo/', '.cache/', '**/.cache/', '.data/', '**/coverage/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Takes Mongoose's structural schema options, and a Date behind an interface, for impostors.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in env.ts only.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
      ],
    },
  },
  {
    files: [
      'apps/server/src/env.ts',
      'apps/cli/src/env.ts',
      'packages/testing/**',
      'packages/database/src/testing/**',
      '**/examples/**',
      '**/test/**',
      '**/e2e/**',
      '**/*.test.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { ...reactHooks.configs.flat.recommended, files: ['apps/dashboard/src/**/*.{ts,tsx}'] },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  ...direction,
]);
