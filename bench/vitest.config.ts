import { defineConfig } from 'vitest/config';
import { sharedOnDatabase } from '../vitest.shared.ts';

export default defineConfig(() => sharedOnDatabase(import.meta.dirname, { eachOn: 'one' }));
