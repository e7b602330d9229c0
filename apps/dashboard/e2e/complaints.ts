import type { BrowserContext } from 'playwright-core';
import { expect } from 'vitest';

/** Chromium notes every answer of 400 and above; to provoke some is what many tests are for. */
const expectedAnswer = /^Failed to load resource: the server responded with a status of 4\d\d/;

/**
 * Collects whatever the browser objects to on the pages of `context`.
 *
 * @param provoked what a test brings about on purpose
 */
export async function gatherComplaints(context: BrowserContext, provoked: readonly RegExp[]) {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!expectedAnswer.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${String(error.error())}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      console.error(`policy violated: ${violatedDirective} by ${blockedURI} in ${sourceFile}`);
    });
  });
  return {
    expectNone() {
      const unexpected = complaints.filter((complaint) => !provoked.some((one) => one.test(complaint)));
      expect(unexpected, 'complaints of the browser').toEqual([]);
    },
  };
}
