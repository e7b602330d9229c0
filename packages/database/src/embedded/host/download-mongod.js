import { HostFailure } from './host-failure.js';
import { mongodBinary } from './mongod-binary.js';

// A process of its own, so that a download that hangs ends with it: the official mongod's path is all that it prints. Where
// there is none it ends with the exit code of a host, and the last line that it logs says why.
try {
  process.stdout.write(`${await mongodBinary()}\n`, () => process.exit(0));
} catch (error) {
  console.error(error instanceof HostFailure ? error.message : error);
  process.exit(error instanceof HostFailure ? error.exitCode : 1);
}
