import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { audit } from '../audit.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the audit makes of a registry that answers every question in the same way. */
async function auditBy(status: number, body: unknown, required = false) {
  const registry = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
  });
  await once(registry.listen(0, '127.0.0.1'), 'listening');
  const { port } = registry.address() as AddressInfo; // listens on a port, not on a pipe
  try {
    return await audit({ cwd: root, args: ['--registry', `http://127.0.0.1:${port}`], required });
  } finally {
    registry.close();
  }
}

/** As the registry answers; the fields that pnpm reads. */
function report(severity: string) {
  const advisory = {
    id: 1,
    severity,
    module_name: 'fastify',
    title: 'Something serious',
    url: 'https://github.com/advisories/GHSA-0000',
    findings: [{ version: '5.12.8', paths: ['apps__server>fastify'] }],
  };
  const vulnerabilities = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, [severity]: 1 };
  return { actions: [], advisories: { 1: advisory }, muted: [], metadata: { vulnerabilities } };
}

it.each(['high', 'critical'])('a known vulnerability that is %s fails it, and is named', async (severity) => {
  const { passed, message } = await auditBy(200, report(severity));
  expect(passed).toBe(false);
  expect(message).toContain(
    `${severity}: fastify, Something serious https://github.com/advisories/GHSA-0000`,
  );
});

it('one that is less than that does not', async () => {
  expect(await auditBy(200, report('moderate'))).toEqual({
    passed: true,
    message: 'No serious vulnerability is known.',
  });
});

it.each([404, 405, 500])('a registry that answers %i fails nothing and is said', async (status) => {
  const { passed, message } = await auditBy(status, {});
  expect(passed).toBe(true);
  expect(message).toContain('NOT checked');
});

it('neither does one that is not there', async () => {
  const nobody = ['--registry', 'http://127.0.0.1:9'];
  expect(await audit({ cwd: root, args: nobody })).toMatchObject({ passed: true });
});

it('before a release an audit that could not be made is not passed, and one that was is', async () => {
  const { passed, message } = await auditBy(404, {}, true);
  expect(passed).toBe(false);
  expect(message).toContain('NOT checked');
  expect(await auditBy(200, report('moderate'), true)).toMatchObject({ passed: true });
  const nobody = ['--registry', 'http://127.0.0.1:9'];
  expect(await audit({ cwd: root, args: nobody, required: true })).toMatchObject({ passed: false });
});

it('a failure of another kind is no pass', async () => {
  expect(await audit({ cwd: root, args: ['--no-such-option'] })).toMatchObject({ passed: false });
});
