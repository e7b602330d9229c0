const INCOMPLETE_CHAIN =
  'its chain does not lead to a known authority; serve the intermediate certificates too, and use a public authority';

/** By OpenSSL's names as Node gives them (its documentation of TLS lists them under "X509 certificate error codes"). */
const faults: Readonly<Record<string, string>> = {
  CERT_CHAIN_TOO_LONG: 'its chain is too long',
  CERT_HAS_EXPIRED: 'it has expired; renew it',
  CERT_NOT_YET_VALID: 'it is not valid yet; check its dates',
  CERT_REJECTED: 'it may not be used for this',
  CERT_REVOKED: 'it was revoked; replace it',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  CERT_UNTRUSTED: 'its authority is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed; use one from a public authority',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'its dates cannot be read',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'its dates cannot be read',
  HOSTNAME_MISMATCH: 'it was issued for another host name',
  INVALID_CA: 'it was signed by a certificate that is no authority',
  INVALID_PURPOSE: 'it is not meant for servers',
  PATH_LENGTH_EXCEEDED: 'its chain is too long',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not a public one; use one from a public authority',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: "its authority's key cannot be read",
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'its signature cannot be read',
  UNABLE_TO_GET_ISSUER_CERT: INCOMPLETE_CHAIN,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: INCOMPLETE_CHAIN,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: INCOMPLETE_CHAIN,
  ERR_TLS_CERT_ALTNAME_INVALID: 'it was issued for another host name',
};

/** What is wrong with the certificate that made a handshake fail, in plain words; null when it was something else. */
export function certificateFault(failure: unknown): string | null {
  if (!(failure instanceof Error) || !('code' in failure) || typeof failure.code !== 'string') return null;
  return Object.hasOwn(faults, failure.code) ? (faults[failure.code] ?? null) : null;
}
