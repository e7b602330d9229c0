import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { isHttps } from './own-page.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

const always = {
  // For answers that are no pages, should a browser be made to show one; pages set a policy of their own.
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // For browsers and plugins that are gone.
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/** Kept out of every cache, unless an answer says otherwise. */
const NO_STORE = { 'cache-control': 'no-store' };

const overHttp = headersOf({ ...always, strictTransportSecurity: false });
// Only for this name: what else its owner runs below it is not ours to say.
const overHttps = headersOf({
  ...always,
  strictTransportSecurity: { maxAge: YEAR_SECONDS, includeSubDomains: false },
});

type ConstantHeaders = Readonly<Record<string, string>>;

/** What Helmet sets is the same for every answer, so it sets it once, on one that is never sent. */
function headersOf(options: HelmetOptions): ConstantHeaders {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error !== undefined) throw new Error('the headers could not be made', { cause: error });
  });
  const made = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  return Object.freeze({ ...Object.fromEntries(made), ...NO_STORE });
}

/** Sets them for one answer. */
export type SecureHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * What tells browsers and caches to be careful with an answer. Helmet itself and not its plugin, which leaves out the errors
 * that come before a route is found.
 *
 * @param publicUrl asked at each request: a server knows where it listens once it does
 */
export function createSecureHeaders(publicUrl: () => string): SecureHeaders {
  return (request, reply) => {
    // RFC 6797, section 7.2: Strict-Transport-Security must not be sent over plain http.
    void reply.headers(isHttps({ request, publicUrl: publicUrl() }) ? overHttps : overHttp);
  };
}
