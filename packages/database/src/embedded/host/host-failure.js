/**
 * Exit codes by which a host tells its starter why it could not serve. Away from Node's own (1 to 13)
 * and from those of signals (over 128).
 */
export const HOST_EXIT = Object.freeze({
  /** Another process holds the data directory: connect to that one. */
  locked: 80,
  /** This engine cannot run on this machine at all: another one may. */
  unavailable: 81,
});

/** An expected failure: its message is the whole story for people, its exit code for the starter. */
export class HostFailure extends Error {
  /**
   * @param {number} exitCode one of {@link HOST_EXIT}
   * @param {string} message
   * @param {ErrorOptions} [options]
   */
  constructor(exitCode, message, options) {
    super(message, options);
    this.name = 'HostFailure';
    this.exitCode = exitCode;
  }
}

/**
 * Engines are optional dependencies: a packaged server comes without them.
 *
 * @param {unknown} error what importing one has thrown
 */
export function throwIfNotInstalled(error) {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
    throw new HostFailure(HOST_EXIT.unavailable, 'it is not installed', { cause: error });
  }
}
