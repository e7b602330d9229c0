import type { Attempt } from '@interview-webhooks/schema';
import { Terminal } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { useCopy } from '../ui/copy-button.tsx';
import { curlCommand } from './curl-command.ts';
import { HttpMessage } from './http-message.tsx';
import { TimingsBar } from './timings-bar.tsx';

/** Everything known about one attempt. */
export function AttemptContents({ attempt }: { attempt: Attempt }) {
  const { request, response, status, url, timings, remote_address, settings_revision } = attempt;
  return (
    <div className="grid gap-4">
      <TimingsBar timings={timings} />
      {response && (
        <HttpMessage
          title="Response"
          summary={String(status)}
          headers={response.headers}
          body={response.body}
          truncated={response.truncated}
        />
      )}
      <HttpMessage title="Request" summary={`POST ${url}`} headers={request.headers} body={request.body} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-xs/5 text-ink-muted">
          Settings revision {settings_revision}
          {remote_address !== null && (
            <>
              {' · sent to '}
              <span className="font-mono wrap-anywhere">{remote_address}</span>
            </>
          )}
        </p>
        <CopyCurl attempt={attempt} />
      </div>
    </div>
  );
}

function CopyCurl({ attempt }: { attempt: Attempt }) {
  const { copied, copy } = useCopy(curlCommand(attempt));
  return (
    <>
      <Button onClick={copy} className="sm:h-8">
        <Terminal aria-hidden className="size-4" />
        {copied ? 'Copied' : 'Copy as curl'}
      </Button>
      <span role="status" className="sr-only">
        {copied && 'Copied'}
      </span>
    </>
  );
}
