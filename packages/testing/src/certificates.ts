import { generate } from 'selfsigned';

/** PEM texts, as Node's servers take them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  /** Host names and IPv4 addresses that it is for. */
  readonly hosts: readonly string[];
  /** Who signs it; itself where nobody is named. */
  readonly authority?: Certificate;
  readonly expired?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export async function newCertificate({
  hosts,
  authority,
  expired,
}: CertificateOptions): Promise<Certificate> {
  const altNames = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host },
  );
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? 'none' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 2 * DAY_MS),
    notAfterDate: new Date(Date.now() + (expired ? -1 : 1) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames },
    ],
    ...(authority ? { ca: authority } : {}),
  });
  return { key: made.private, cert: made.cert };
}

/** A certificate that may sign others. */
export async function newAuthority(name: string): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}
