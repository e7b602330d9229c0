import type { AiInterviewDetails } from '@interview-webhooks/schema';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronLeft, UserPlus } from 'lucide-react';
import { checkedSearch } from '../app/checked-search.ts';
import { useTitle } from '../app/use-title.ts';
import { failureOf } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { InviteCandidate } from '../responses/invite-candidate.tsx';
import { ResponseDrawer } from '../responses/response-drawer.tsx';
import { Responses } from '../responses/responses.tsx';
import { useScope } from '../session/session-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Page, PageHeader, PageSkeleton } from '../ui/page.tsx';
import { InterviewFacts } from './interview-facts.tsx';
import { InterviewWebhooks } from './interview-webhooks.tsx';
import { InterviewSearch } from './interviews-search.ts';

const route = getRouteApi('/interviews/$id');

export function InterviewPage() {
  const { id } = route.useParams();
  const mayRead = useScope('interviews:read');
  const interview = trpc.interviews.get.useQuery({ ai_interview_id: id }, { enabled: mayRead });
  useTitle(interview.data?.ai_interview_name ?? 'AI interview');
  if (!mayRead) return <MissingScope scope="interviews:read" title="You cannot see AI interviews" />;
  if (interview.data) return <Interview key={id} interview={interview.data} />;
  if (!interview.isLoadingError) return <PageSkeleton />;
  const failure = failureOf(interview.error);
  return (
    <Page>
      <PageHeader title="AI interview" above={<WayUp />} />
      <FailureNotice
        className="mt-6"
        heading={failure.code === 'not-found' ? 'There is no such AI interview' : undefined}
        failure={failure}
        onRetry={() => void interview.refetch()}
      />
    </Page>
  );
}

function WayUp() {
  return (
    <Link
      to="/interviews"
      className="mb-2 -ml-1 inline-flex h-6 items-center gap-0.5 rounded text-[13px] text-ink-muted hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" />
      AI interviews
    </Link>
  );
}

function Interview({ interview }: { interview: AiInterviewDetails }) {
  const mayWrite = useScope('interviews:write');
  const { dialog, response } = checkedSearch(InterviewSearch, route.useSearch());
  const navigate = route.useNavigate();
  const id = interview.ai_interview_id;
  const invite = mayWrite && (
    <Button look="primary" onClick={() => void navigate({ search: { dialog: 'invite' } })}>
      <UserPlus aria-hidden className="size-4" />
      Invite candidate
    </Button>
  );
  const close = () => void navigate({ search: {}, replace: true });
  return (
    <Page>
      <PageHeader title={isolated(interview.ai_interview_name)} above={<WayUp />} actions={invite} />
      <InterviewFacts interview={interview} />
      <div className="mt-8 grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <Responses interviewId={id} invite={invite} />
        <InterviewWebhooks interview={interview} />
      </div>
      {mayWrite && dialog === 'invite' && <InviteCandidate interviewId={id} onClose={close} />}
      {response !== undefined && <ResponseDrawer responseId={response} onClose={close} />}
    </Page>
  );
}
