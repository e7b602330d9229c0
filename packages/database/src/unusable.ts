import mongoose from 'mongoose';

const { mongo } = mongoose;

/**
 * The database cannot be used as it is set up, and trying again changes nothing. The message says what to do, and holds neither
 * a password nor the address that it is in.
 */
export class DatabaseUnusableError extends Error {
  override readonly name = 'DatabaseUnusableError';
}

/** What Node calls a certificate that it does not accept: OpenSSL's names, and its own for a wrong host name. */
const certificateFault =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME_INVALID)/;

const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

/** Whether the database's user may not do what was asked for. */
export function isUnauthorized(error: unknown): error is mongoose.mongo.MongoServerError {
  return error instanceof mongo.MongoServerError && error.code === UNAUTHORIZED;
}

/** `error` as what an operator can act on; undefined where the database may only be away for the moment. */
export function asUnusable(error: unknown): DatabaseUnusableError | undefined {
  if (error instanceof DatabaseUnusableError) return error;
  const reason = refusalReason(error) ?? fileFault(error) ?? versionFault(error) ?? certificateReason(error);
  return reason === undefined ? undefined : new DatabaseUnusableError(reason);
}

function refusalReason(error: unknown): string | undefined {
  if (error instanceof mongo.MongoParseError)
    return `MONGODB_URI cannot be used: ${withoutAddress(error.message)}`;
  if (isUnauthorized(error)) {
    return (
      `The database does not let its user do what the system needs: ${error.errmsg}. ` +
      'docs/operations.md has what the user must be granted.'
    );
  }
  if (!(error instanceof mongo.MongoServerError) || error.code !== AUTHENTICATION_FAILED) return undefined;
  return (
    'The database refuses the user name or the password in MONGODB_URI. The user has to be in the database that authSource ' +
    'names; without authSource, in the one that the address ends with.'
  );
}

/** `tlsCAFile` and its like are read when the driver connects. */
function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) return undefined;
  const code = 'code' in error ? String(error.code) : error.message;
  return `MONGODB_URI names the file ${String(error.path)}, which cannot be read (${code}).`;
}

/** Servers that are too old for the driver itself. */
function versionFault(error: unknown): string | undefined {
  const faults = serverFaults(error);
  if (faults.length === 0 || !faults.every(({ isTooOld }) => isTooOld)) return undefined;
  return faults.map(({ message }) => message).join('\n');
}

/** Where no server is left whose certificate is accepted. */
function certificateReason(error: unknown): string | undefined {
  const faults = serverFaults(error);
  const codes = faults.map(({ code }) => code);
  if (faults.length === 0 || !codes.every((code) => certificateFault.test(code))) return undefined;
  const listed = faults.map(({ address, message }) => `  ${address}: ${message}`);
  return [
    codes.includes('ERR_TLS_CERT_ALTNAME_INVALID')
      ? 'The database’s certificate is for another host name. MONGODB_URI has to name the server as its certificate does:'
      : 'The database’s certificate is not accepted. If a CA of your own signed it, name its file in MONGODB_URI with tlsCAFile=…:',
    ...listed,
  ].join('\n');
}

/** What an operator may look at first where no server can be reached; empty where the error says enough. */
export function absenceHint(error: unknown): string {
  const faults = serverFaults(error);
  const areClosed = faults.length > 0 && faults.every(({ message }) => message.endsWith(' closed'));
  return areClosed ? 'does the server ask for TLS (tls=true in MONGODB_URI)?' : '';
}

interface ServerFault {
  address: string;
  /** Empty where the cause has none. */
  code: string;
  message: string;
  isTooOld: boolean;
}

/** Why each server of the address could not be used, as far as the driver says. */
function serverFaults(error: unknown): ServerFault[] {
  if (!(error instanceof mongo.MongoServerSelectionError)) return [];
  return [...(error.reason?.servers ?? [])].map(([address, { error: fault }]) => {
    const cause = fault?.cause instanceof Error ? fault.cause : fault;
    const code = cause && 'code' in cause ? String(cause.code) : '';
    const isTooOld = fault instanceof mongo.MongoCompatibilityError;
    return { address, code, message: cause?.message ?? 'does not answer', isTooOld };
  });
}

/**
 * What is wrong with the form of a MongoDB address; undefined where the driver takes it. Connects to nothing.
 *
 * @returns a text without the address, which may have a password in it
 */
export function addressFault(uri: string): string | undefined {
  try {
    new mongo.MongoClient(uri);
    return undefined;
  } catch (error) {
    return withoutAddress(error instanceof Error ? error.message : String(error));
  }
}

/** Not every message that the driver passes on is its own, and one with the address in it has the password, too. */
function withoutAddress(message: string): string {
  return message.includes('//') ? 'it is no connection string' : message;
}
