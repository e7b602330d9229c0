import { z } from 'zod';
import { text } from '../text.ts';

// RFC 9110, section 5.6.2: a field name is a token.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Names that belong to the HTTP connection or to the signature: a setting must not forge or break them. */
const ownedBySender =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|date|user-agent|content-.*|proxy-.*|webhook-.*)$/i;

/** The name of the header that carries the receiver's API key. */
export const HeaderName = z
  .string()
  .max(128)
  .refine((value) => value === '' || token.test(value), {
    error: "must be a header name: letters, digits and !#$%&'*+-.^_`|~, no spaces",
  })
  .refine((value) => !ownedBySender.test(value), {
    error: 'is a header that the sender sets itself; choose another name such as X-Api-Key',
  });

/** The value of that header. Printable ASCII: RFC 9110 leaves the rest to guesswork. */
export const HeaderValue = z
  .string()
  .max(4096)
  .refine((value) => value === '' || /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value), {
    error: 'must be printable ASCII with no line breaks and no spaces at either end',
  });

/** RFC 7617, section 2: the first colon ends the username, so it cannot contain one. */
export const BasicUsername = text(256).refine((value) => !value.includes(':'), {
  error: 'must not contain a colon; it separates the username from the password',
});

export const BasicPassword = text(1024);
