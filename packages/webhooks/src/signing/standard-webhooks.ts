// What Standard Webhooks 1.0.0 (standardwebhooks.com) lays down for both sides.

/** Before the base64 of a signing secret. */
export const SECRET_PREFIX = 'whsec_';

/** How far `webhook-timestamp` may be from now, to either side: it ends the playing back of old requests. */
export const TOLERANCE_SECONDS = 5 * 60;
