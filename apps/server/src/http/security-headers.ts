import type { FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
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

const overHttp = helmet({ ...always, strictTransportSecurity: false });
// Only for this name: what else its owner runs below it is not ours to say.
const overHttps = helmet({
  ...always,
  strictTransportSecurity: { maxAge: YEAR_SECONDS, includeSubDomains: false },
});

/** Sets them for one answer. */
export type SecureHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * What tells a browser to be careful with an answer. Helmet itself and not its plugin, which builds all of it anew for
 * each request and leaves out the errors that come before a route is found.
 *
 * @param publicUrl asked at each request: a server knows where it listens once it does
 */
export function createSecureHeaders(publicUrl: () => string): SecureHeaders {
  return (request, reply) => {
    // RFC 6797, section 7.2: Strict-Transport-Security must not be sent over plain http.
    const secure = isHttps({ request, publicUrl: publicUrl() }) ? overHttps : overHttp;
    secure(request.raw, reply.raw, (error) => {
      if (error !== undefined) throw new Error('the headers could not be set', { cause: error });
    });
  };
}
