import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Serves the built dashboard: hashed assets for a year, the page itself fresh each time.
 *
 * @param directory where `vite build` put it
 */
export async function dashboard(
  app: FastifyInstance,
  directory: string,
): Promise<(reply: FastifyReply) => FastifyReply> {
  const page = await readFile(join(directory, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: directory,
    index: false,
    // Files are known at start; a glob at runtime would answer for paths that belong to the API.
    wildcard: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(directory, 'assets'));
      reply.header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  return (reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .send(page);
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No code of ours or of a library's may turn text into script.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
