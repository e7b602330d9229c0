import type { AiInterviewDetails } from '@interview-webhooks/schema';
import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Moment } from '../ui/moment.tsx';
import { JobSummary } from './interview-table.tsx';

/** What is known about an AI interview besides its name. */
export function InterviewFacts({ interview }: { interview: AiInterviewDetails }) {
  const { ai_interview_id: id, job, metadata, created_at } = interview;
  return (
    <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-[13px]/6">
      <Fact name="Id">
        <code className="font-mono text-xs">{id}</code> <CopyButton text={id} what="id" />
      </Fact>
      <Fact name="Created">
        <Moment at={created_at} />
      </Fact>
      {job && (
        <Fact name="Job">
          <JobSummary job={job} />
        </Fact>
      )}
      {Object.entries(metadata ?? {}).map(([name, value]) => (
        <Fact key={name} name={name}>
          {String(value)}
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <dt className="shrink-0 text-ink-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 wrap-anywhere">{children}</dd>
    </div>
  );
}
