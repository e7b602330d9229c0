import type { ApiKey, CreatedApiKey } from '@interview-webhooks/schema';
import { getRouteApi } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { checkedSearch } from '../app/checked-search.ts';
import { useTitle } from '../app/use-title.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { CreateKey } from './create-key.tsx';
import { CreatedKey } from './created-key.tsx';
import { KeyTable } from './key-table.tsx';
import { RevokeKey } from './revoke-key.tsx';
import { KeysSearch } from './keys-search.ts';
import { Sessions } from './sessions.tsx';

const route = getRouteApi('/keys');

export function KeysPage() {
  useTitle('API keys');
  const mayManage = useScope('keys:manage');
  const { dialog } = checkedSearch(KeysSearch, route.useSearch());
  const navigate = route.useNavigate();
  // Not by the address: going back must not take a key away that nobody has stored yet.
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const openCreate = () => void navigate({ search: { dialog: 'create' } });
  const closeCreate = () => void navigate({ search: {}, replace: true });
  return (
    <Page>
      <PageHeader
        title="API keys"
        description="What programs call the API with, and people sign in to this dashboard with."
        actions={
          mayManage && (
            <Button look="primary" onClick={openCreate}>
              <Plus aria-hidden className="size-4" />
              Create API key
            </Button>
          )
        }
      />
      <div className="mt-6">
        {mayManage ? (
          <Keys onCreate={openCreate}>
            <Sessions />
          </Keys>
        ) : (
          <MissingScope scope="keys:manage" title="You cannot see the API keys and sessions" />
        )}
      </div>
      {mayManage && dialog === 'create' && (
        <CreateKey
          onClose={closeCreate}
          onCreated={(key) => {
            setCreated(key);
            closeCreate();
          }}
        />
      )}
      {created && (
        <CreatedKey
          created={created}
          onClose={() => {
            setCreated(null);
          }}
        />
      )}
    </Page>
  );
}

/** `children` stand below the keys and come together with them, so that nothing moves when they are there. */
function Keys({ onCreate, children }: { onCreate: () => void; children: ReactNode }) {
  const keys = trpc.apiKeys.list.useInfiniteQuery({}, { getNextPageParam: (page) => page.next_cursor });
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <PagedList
        query={keys}
        what="API keys"
        empty={
          <EmptyState
            icon={KeyRound}
            title="No API keys"
            action={<Button onClick={onCreate}>Create API key</Button>}
          >
            Create one for each program, so that each can be revoked alone.
          </EmptyState>
        }
      >
        {(entries) => <KeyTable keys={entries} onRevoke={setRevoking} />}
      </PagedList>
      <RevokeKey
        apiKey={revoking}
        onClose={() => {
          setRevoking(null);
        }}
      />
      {!keys.isPending && children}
    </>
  );
}
