export interface Welcome {
  /** Where the server listens, for example `http://127.0.0.1:3000`. */
  address: string;
  /** The owner key, when this start made it. */
  newApiKey?: string;
  dataDir: string;
  localMode: boolean;
  /** Whether this start filled the workspace with samples. */
  isDemo: boolean;
}

/** What a person needs after a start: the dashboard, the key (once) and a request that works when pasted. */
export function welcome({ address, newApiKey, dataDir, localMode, isDemo }: Welcome): string {
  const key = newApiKey ?? 'YOUR_API_KEY';
  const body = {
    webhooks: {
      start: { status: true, url: 'https://example.com/webhook/start' },
      submission: { status: true, url: 'https://example.com/webhook/submission' },
      auth: { type: 'basic', basic: { username: 'user', password: 'pass' } },
    },
    updateAll: true,
  };
  return [
    '',
    `  Dashboard   ${address}`,
    newApiKey
      ? `  API key     ${newApiKey}   (shown this once: keep it)`
      : '  API key     the one shown at the first start, or BOOTSTRAP_API_KEY',
    `  Data        ${localMode ? `${dataDir} (embedded MongoDB)` : 'MONGODB_URI'}`,
    ...(isDemo
      ? [`  Demo        samples, whose webhooks go to ${address}/inbox/demo; removed in the dashboard`]
      : []),
    '',
    '  Try it:',
    '',
    `  curl -X POST ${address}/ai-interviews/settings/webhooks \\`,
    `    -H 'content-type: application/json' -H 'apiKey: ${key}' \\`,
    `    -d '${JSON.stringify(body)}'`,
    '',
    '',
  ].join('\n');
}
