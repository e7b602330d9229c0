#!/usr/bin/env node
import { run } from './run.ts';

const code = await run(process.argv.slice(2));
// A server that was started goes on; whatever else is open ends by itself.
if (code !== 0) process.exitCode = code;
