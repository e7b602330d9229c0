import type { AiInterview } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { isolated } from '../lib/isolated.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Moment } from '../ui/moment.tsx';
import { Cell, Row, rowLink, Table } from '../ui/table.tsx';

const columns = [
  { name: 'Name' },
  { name: 'Job', className: 'max-md:hidden' },
  { name: 'Id', className: 'max-lg:hidden' },
  { name: 'Created', className: 'max-sm:hidden' },
  { name: 'Open', silent: true },
] as const;

export function InterviewTable({ interviews }: { interviews: readonly AiInterview[] }) {
  return (
    <Table label="AI interviews" columns={columns}>
      {interviews.map(({ ai_interview_id: id, ai_interview_name: name, job, created_at }) => (
        <Row key={id}>
          <Cell className="wrap-anywhere">
            <Link to="/interviews/$id" params={{ id }} {...rowLink}>
              {isolated(name)}
            </Link>
            <p className="text-xs/5 text-ink-muted sm:hidden">
              <Moment at={created_at} />
            </p>
          </Cell>
          <Cell className="max-w-80 text-ink-muted max-md:hidden">
            <JobSummary job={job} />
          </Cell>
          <Cell className="text-ink-muted max-lg:hidden">
            <span className="flex items-center gap-1">
              <code className="font-mono text-xs">{id}</code>
              <CopyButton text={id} what="id" />
            </span>
          </Cell>
          <Cell className="text-ink-muted max-sm:hidden">
            <Moment at={created_at} />
          </Cell>
          <Cell className="w-10">
            <ChevronRight aria-hidden className="ml-auto size-4 text-ink-muted" />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

/** The job's title with whatever the caller's own id is; nothing where there is no job. */
export function JobSummary({ job }: Pick<AiInterview, 'job'>) {
  const id = job?.external_id ?? job?.id;
  return (
    <>
      {isolated(job?.title ?? '')}
      {job?.title && id && ' '}
      {id && <code className="font-mono text-xs">{isolated(id)}</code>}
    </>
  );
}
