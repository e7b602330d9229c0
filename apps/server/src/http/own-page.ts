import { TransportError } from '@interview-webhooks/api';
import type { FastifyRequest } from 'fastify';

/** What tells a page of our own from one of another site. */
export interface FromPage {
  request: FastifyRequest;
  /** `PUBLIC_URL`, or where the server listens. */
  publicUrl: string;
}

/**
 * Whether a browser reached us over https: by `PUBLIC_URL`, whatever the proxy in front says or forgets to say, or else by
 * the connection and the headers of a trusted proxy.
 */
export function isHttps({ request, publicUrl }: FromPage): boolean {
  return publicUrl.startsWith('https://') || request.protocol === 'https';
}

/**
 * Refuses what a page of another site has the browser send along with a cookie, reads and streams as well: what they answer
 * could be measured, or read through a fault of the browser.
 *
 * @throws TransportError `cross-origin`
 */
export function refuseOtherSites(from: FromPage): void {
  if (siteOf(from) === 'another') throw anotherSite();
}

/**
 * Refuses a change unless a page of our own, or the person at the browser, made it. A request that says nothing of where it
 * comes from is no browser's, and has no use for a cookie.
 *
 * @throws TransportError `cross-origin`
 */
export function requireOwnPage(from: FromPage): void {
  const site = siteOf(from);
  if (site === 'another') throw anotherSite();
  if (site === 'unknown') {
    throw new TransportError(
      'cross-origin',
      "A change by cookie needs Sec-Fetch-Site: same-origin, or the page's own Origin. Programs send their API key in the request header apiKey.",
    );
  }
}

function anotherSite(): TransportError {
  return new TransportError(
    'cross-origin',
    'This request comes from a page of another site. If it is a page of this server, the proxy in front hides that: set PUBLIC_URL to the address in the browser, or have the proxy pass on Host, or X-Forwarded-Host and X-Forwarded-Proto with its network in TRUSTED_PROXIES.',
  );
}

/** `none` is the person's own doing, such as an address that was typed: no page can cause it (Fetch Metadata, section 2.3). */
const ownSites = ['same-origin', 'none'];

/** Browsers say `Sec-Fetch-Site`; older ones, and those that see plain http, only `Origin`. No page can set either. */
function siteOf(from: FromPage): 'own' | 'another' | 'unknown' {
  const { 'sec-fetch-site': site, origin } = from.request.headers;
  if (site !== undefined) return typeof site === 'string' && ownSites.includes(site) ? 'own' : 'another';
  if (origin === undefined) return 'unknown';
  return ownOrigins(from).includes(origin) ? 'own' : 'another';
}

/** As browsers write them, without a port that is the scheme's own. A `Host` that is no host makes no origin. */
function ownOrigins({ request, publicUrl }: FromPage): string[] {
  const addresses = [publicUrl, `${request.protocol}://${request.host}`];
  return addresses.filter((address) => URL.canParse(address)).map((address) => new URL(address).origin);
}
