import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Moment } from '../ui/moment.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { Cell, Row, rowLink, Table } from '../ui/table.tsx';
import { InviteStatusPill } from './invite-status-pill.tsx';

const columns = [
  { name: 'Candidate' },
  { name: 'Status' },
  { name: 'Invited', className: 'max-md:hidden' },
  { name: 'Started', className: 'max-lg:hidden' },
  { name: 'Submitted', className: 'max-sm:hidden' },
] as const;

interface ResponsesProps {
  interviewId: string;
  /** The button that invites a candidate, where that may be done. */
  invite: ReactNode;
}

/** The candidates of one AI interview and how far they have come. */
export function Responses({ interviewId, invite }: ResponsesProps) {
  const id = useId();
  const responses = trpc.responses.list.useInfiniteQuery(
    { ai_interview_id: interviewId },
    { getNextPageParam: (page) => page.next_cursor },
  );
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="mb-3 flex min-h-9 items-center text-sm font-semibold">
        Responses
      </h2>
      <PagedList
        query={responses}
        what="responses"
        empty={
          <EmptyState icon={Users} title="No candidates yet" action={invite}>
            Invite one. When they start and when they submit, your webhooks hear of it.
          </EmptyState>
        }
      >
        {(entries) => (
          <Table label="Responses" columns={columns}>
            {entries.map((response) => (
              <Row key={response.response_id}>
                <Cell className="wrap-anywhere">
                  <Link
                    to="/interviews/$id"
                    params={{ id: interviewId }}
                    search={{ response: response.response_id }}
                    resetScroll={false}
                    {...rowLink}
                  >
                    {isolated(response.candidate_name)}
                  </Link>
                  <p className="text-xs/5 text-ink-muted">{isolated(response.candidate_email)}</p>
                </Cell>
                <Cell>
                  <InviteStatusPill status={response.invite_status} />
                </Cell>
                <Cell className="text-ink-muted max-md:hidden">
                  <Moment at={response.invited_at} />
                </Cell>
                <Cell className="text-ink-muted max-lg:hidden">
                  {response.started_at === null ? '–' : <Moment at={response.started_at} />}
                </Cell>
                <Cell className="text-ink-muted max-sm:hidden">
                  {response.submitted_at === null ? '–' : <Moment at={response.submitted_at} />}
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </PagedList>
    </section>
  );
}
