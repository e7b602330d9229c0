import type { FastifyRequest } from 'fastify';

/** Whether a browser asks for a page, and not a program for an answer. */
export function wantsPage({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.accept?.includes('text/html') === true;
}
