// `npm run audit`: fails where a dependency of the running system has a known serious vulnerability. With `--required`, as
// before a release, it fails as well where nobody could be asked.
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const SERIOUS = ['high', 'critical'];
/** The registry does not answer this question, or nothing answers at all: nothing was found, and nothing was looked at. */
const UNANSWERED = [
  'ERR_PNPM_AUDIT_ENDPOINT_NOT_EXISTS',
  'ERR_PNPM_AUDIT_BAD_RESPONSE',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
];
const TIMEOUT_MS = 60_000;

/**
 * Asks the registry about every package that the system needs at run time.
 *
 * @param {{ cwd: string, args?: string[], required?: boolean }} options `args` are further ones for pnpm, such as another
 *   registry; with `required` an audit that could not be made is not passed
 * @returns {Promise<{ passed: boolean, message: string }>}
 */
export async function audit({ cwd, args = [], required = false }) {
  const command = ['audit', '--prod', '--json', '--config.fetch-retries=0', ...args];
  // It exits with 1 for whatever it has found, and for failures alike: what it prints says which.
  const { stdout, stderr, killed } = await promisify(execFile)('pnpm', command, {
    cwd,
    timeout: TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error) => error);
  const result = killed
    ? notChecked(`the registry has not answered within ${TIMEOUT_MS / 1000} s`)
    : verdict(stdout ?? '', stderr ?? '');
  return { passed: result.passed && (result.checked || !required), message: result.message };
}

/** @param {string} why */
function notChecked(why) {
  return { passed: true, checked: false, message: `Dependencies NOT checked: ${why}` };
}

/** @param {string} stdout @param {string} stderr */
function verdict(stdout, stderr) {
  const report = parsed(stdout);
  const code = report?.error?.code;
  if (UNANSWERED.includes(code)) return notChecked(report.error.message);
  // Anything that is not understood is no good news.
  if (!report?.advisories)
    return { passed: false, checked: false, message: `pnpm audit failed: ${stdout || stderr}` };
  const serious = Object.values(report.advisories).filter(({ severity }) => SERIOUS.includes(severity));
  if (serious.length === 0)
    return { passed: true, checked: true, message: 'No serious vulnerability is known.' };
  const lines = serious.map(
    (found) => `  ${found.severity}: ${found.module_name}, ${found.title} ${found.url}`,
  );
  return {
    passed: false,
    checked: true,
    message: ['Known vulnerabilities at run time:', ...lines].join('\n'),
  };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const options = process.argv.slice(2);
  const unknown = options.filter((option) => option !== '--required');
  if (unknown.length > 0) throw new Error(`audit takes --required only, not ${unknown.join(' ')}`);
  const { passed, message } = await audit({ cwd: process.cwd(), required: options.includes('--required') });
  console[passed ? 'log' : 'error'](message);
  process.exitCode = passed ? 0 : 1;
}
