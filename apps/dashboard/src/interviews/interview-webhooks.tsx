import type { AiInterviewDetails, PartSource } from '@interview-webhooks/schema';
import { Globe, Pencil } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useScope } from '../session/session-context.ts';
import { Button } from '../ui/button.tsx';
import { Pill } from '../ui/pill.tsx';
import { Card } from '../ui/section.tsx';
import { EditOwnSettings } from './edit-own-settings.tsx';
import { UseGlobalSettings } from './use-global-settings.tsx';

/** The webhook settings in effect for one AI interview, part by part, with where each comes from. */
export function InterviewWebhooks({ interview }: { interview: AiInterviewDetails }) {
  const { webhooks, webhook_sources: sources } = interview;
  const mayWrite = useScope('settings:write');
  const [doing, setDoing] = useState<'editing' | 'asking' | null>(null);
  const id = useId();
  const stop = () => {
    setDoing(null);
  };
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex min-h-9 items-center justify-between gap-3">
        <h2 id={id} tabIndex={-1} className="text-sm font-semibold">
          Webhooks in effect
        </h2>
        {mayWrite && (
          <Button
            onClick={() => {
              setDoing('editing');
            }}
          >
            Edit
          </Button>
        )}
      </div>
      <Card>
        <Part name="Start" source={sources.start}>
          <Target {...webhooks.start} />
        </Part>
        <Part name="Submission" source={sources.submission}>
          <Target {...webhooks.submission} />
        </Part>
        <Part name="Authentication" source={sources.auth}>
          <Auth auth={webhooks.auth} />
        </Part>
      </Card>
      {mayWrite && (
        <p className="mt-3 text-xs/5 text-ink-muted">
          What is edited here is this AI interview’s own.{' '}
          <button
            type="button"
            className="rounded font-medium text-accent-ink underline-offset-2 hover:underline"
            onClick={() => {
              setDoing('asking');
            }}
          >
            Use the global settings
          </button>
        </p>
      )}
      {doing === 'editing' && <EditOwnSettings interview={interview} onClose={stop} />}
      <UseGlobalSettings interview={interview} open={doing === 'asking'} onClose={stop} />
    </section>
  );
}

interface PartProps {
  name: string;
  source: PartSource;
  children: ReactNode;
}

function Part({ name, source, children }: PartProps) {
  return (
    <div role="group" aria-label={name} className="p-4">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-[13px] font-medium">{name}</h3>
        {source.source === 'own' ? (
          <Pill tone="info" icon={Pencil}>
            Own
          </Pill>
        ) : (
          <Pill tone="neutral" icon={Globe}>
            {/* Before anybody has saved any, there is no revision to speak of. */}
            {source.revision === 0 ? 'Global' : `Global, revision ${source.revision}`}
          </Pill>
        )}
      </div>
      <div className="mt-1.5 text-[13px]/5">{children}</div>
    </div>
  );
}

function Target({ status, url }: { status: boolean; url: string | null }) {
  return (
    <>
      <p className={status ? undefined : 'text-ink-muted'}>{status ? 'On' : 'Off'}</p>
      {url !== null && <p className="font-mono text-xs/5 wrap-anywhere text-ink-muted">{url}</p>}
    </>
  );
}

function Auth({ auth }: Pick<AiInterviewDetails['webhooks'], 'auth'>) {
  switch (auth.type) {
    case null:
      return <p className="text-ink-muted">None</p>;
    case 'basic':
      return (
        <p className="wrap-anywhere">
          Basic, <code className="font-mono text-xs">{auth.basic.username}</code>
        </p>
      );
    case 'apikey':
      return (
        <p className="wrap-anywhere">
          API key in <code className="font-mono text-xs">{auth.apikey.header}</code>
        </p>
      );
  }
}
