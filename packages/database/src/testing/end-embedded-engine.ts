import { afterAll } from 'vitest';
import { endEmbeddedEngine } from './embedded-engine.ts';

// Set up in each test file that may have a database on the embedded engine.
afterAll(endEmbeddedEngine);
