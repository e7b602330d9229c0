import { work } from './programs/work.ts';

await work();
