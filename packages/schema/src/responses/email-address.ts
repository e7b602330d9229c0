import { z } from 'zod';

/** Octets of a mailbox: RFC 5321, section 4.5.3.1.3 has 256 for a path, which puts it between < and >. */
const MAX_BYTES = 254;
/** Octets of what stands before the @, and of what stands behind it: sections 4.5.3.1.1 and 4.5.3.1.2. */
const MAX_LOCAL_BYTES = 64;
const MAX_DOMAIN_BYTES = 255;
const MAX_LABEL_BYTES = 63;

/**
 * What RFC 6531 adds to each part: anything beyond ASCII. Left out are spaces, line ends, controls, direction marks
 * and what else cannot be seen, except the joiners that some scripts are written with.
 */
const visibleBeyondAscii =
  /^(?:[\0-\x7f\u200c\u200d]|(?![\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}])[^\0-\x7f])*$/u;
const atom = /^[\w!#$%&'*+/=?^`{|}~\x80-\u{10ffff}-]+$/u;
const quotedString = /^"(?:[ !#-\x5b\x5d-~\x80-\u{10ffff}]|\\[ -~])*"$/u;

/** Letters, digits and inner hyphens; of other scripts what IDNA may take, which the URL parser then decides. */
const domainLabel = /^(?!-)(?:[\p{L}\p{M}\p{N}\u00b7\u0375\u05f3\u05f4\u30fb-]|\u200c|\u200d)+(?<!-)$/u;

/**
 * Whether `value` is a mailbox of RFC 5321 (section 4.1.2), internationalised ones (RFC 6531) included: a
 * dot-string or a quoted string, @, and a domain in U-labels or A-labels or an address literal. A domain has at
 * least two labels: nobody outside of our network could write to `a@b`.
 */
export function isEmailAddress(value: string): boolean {
  if (!value.isWellFormed() || byteLength(value) > MAX_BYTES) return false;
  const at = value.lastIndexOf('@');
  const [local, domain] = [value.slice(0, at), value.slice(at + 1)];
  if (at < 1 || byteLength(local) > MAX_LOCAL_BYTES) return false;
  return isLocalPart(local) && (isDomain(domain) || isAddressLiteral(domain));
}

/**
 * The same text for the same mailbox, however its case, its domain's form (U-labels or A-labels) and its composed
 * characters are written: systems that pass an address on change these.
 */
export function mailboxKey(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return `${email.slice(0, at).normalize('NFC')}@${hostnameOf(domain) ?? domain}`.toLowerCase();
}

function isLocalPart(local: string): boolean {
  const isDotString = local.split('.').every((part) => atom.test(part));
  return (isDotString || quotedString.test(local)) && visibleBeyondAscii.test(local);
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  if (labels.length < 2 || !labels.every((label) => domainLabel.test(label))) return false;
  const ascii = hostnameOf(domain);
  return (
    ascii !== undefined &&
    ascii.length <= MAX_DOMAIN_BYTES &&
    ascii.split('.').every((label) => label.length > 0 && label.length <= MAX_LABEL_BYTES) &&
    // What ends in a number is an IPv4 address to a URL, and no domain to DNS.
    !/(?:^|\.)(?:\d+|0x[\da-f]*)$/i.test(ascii)
  );
}

/** `[192.0.2.1]` or `[IPv6:2001:db8::1]`. */
function isAddressLiteral(domain: string): boolean {
  const [, v4, v6] = /^\[(?:(\d{1,3}(?:\.\d{1,3}){3})|IPv6:([\da-f:.]+))\]$/i.exec(domain) ?? [];
  if (v4 !== undefined) return hostnameOf(v4) === v4;
  return v6 !== undefined && hostnameOf(`[${v6}]`) !== undefined;
}

function byteLength(value: string): number {
  return new TextEncoder().encode(value).length;
}

/** A host in ASCII, or undefined for what the URL parser's IDNA rules (UTS 46) refuse. */
function hostnameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : undefined;
}

/** An e-mail address, kept as it was given. */
export const EmailAddress = z
  .string()
  .max(MAX_BYTES)
  .refine(isEmailAddress, { error: 'must be an e-mail address' })
  .meta({ format: 'idn-email', examples: ['ada@example.com'] });
