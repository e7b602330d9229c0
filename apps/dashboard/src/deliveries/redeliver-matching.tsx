import { COUNTED_UP_TO, type DeliveryFilter } from '@interview-webhooks/schema';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { counted } from '../lib/counted.ts';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { useNotify } from '../ui/toast.tsx';
import { filterInWords } from './filter-words.ts';
import { Destinations } from './destinations.tsx';
import { SHOWN_REDELIVERIES } from './running-redeliveries.tsx';

/** What was counted; null for more than are counted. */
interface Counted {
  all: number | null;
  delivered: number | null;
}

interface RedeliverMatchingProps {
  filter: DeliveryFilter;
  /** Nothing matches, as far as is known. */
  disabled: boolean;
}

/** Sends everything again that the list's filter matches: counts first, and asks. */
export function RedeliverMatching({ filter, disabled }: RedeliverMatchingProps) {
  const utils = trpc.useUtils();
  const notify = useNotify();
  const [found, setFound] = useState<Counted | null>(null);
  const [counting, setCounting] = useState(false);
  const create = trpc.redeliveries.create.useMutation();

  const failed = (title: string) => (error: unknown) => {
    if (isUnauthenticated(error)) return;
    const { detail, requestId } = failureOf(error);
    notify({
      tone: 'danger',
      title,
      detail: requestId === null ? detail : `${detail} Request id ${requestId}`,
    });
  };
  const count = async (): Promise<Counted> => {
    const of = (wanted: DeliveryFilter) => utils.deliveries.count.fetch(wanted, { staleTime: 0 });
    const isMixed = filter.state === undefined;
    const [all, delivered] = await Promise.all([
      of(filter),
      isMixed ? of({ ...filter, state: 'delivered' }) : null,
    ]);
    return {
      all: all.count,
      delivered: isMixed ? (delivered?.count ?? null) : filter.state === 'delivered' ? all.count : 0,
    };
  };
  const ask = () => {
    setCounting(true);
    count()
      .then(setFound, failed('The deliveries could not be counted'))
      .finally(() => {
        setCounting(false);
      });
  };
  const start = () => {
    setFound(null);
    create.mutate(filter, {
      onSuccess: (redelivery) => {
        utils.redeliveries.get.setData({ redelivery_id: redelivery.redelivery_id }, redelivery);
        // By hand, not by asking again: a small one would be over by then, and never be seen.
        utils.redeliveries.list.setData(SHOWN_REDELIVERIES, (known) => ({
          data: [redelivery, ...(known?.data ?? [])],
          next_cursor: known?.next_cursor ?? null,
        }));
      },
      onError: failed('Nothing was sent again'),
    });
  };
  const many = found && amount(found.all);
  return (
    <>
      <Button busy={counting || create.isPending} disabled={disabled} onClick={ask}>
        {!counting && !create.isPending && <RotateCw aria-hidden className="size-3.5" />}
        Redeliver all…
      </Button>
      <AlertDialog
        open={found !== null}
        title={`Redeliver ${many}?`}
        description={found && <Consequences filter={filter} found={found} />}
        confirm={`Redeliver ${found?.all === null ? 'all' : found?.all.toLocaleString('en')}`}
        cancel="Cancel"
        onCancel={() => {
          setFound(null);
        }}
        onConfirm={start}
      >
        <Destinations filter={filter} />
      </AlertDialog>
    </>
  );
}

function amount(count: number | null): string {
  return count === null
    ? `more than ${counted(COUNTED_UP_TO, 'delivery', 'deliveries')}`
    : counted(count, 'delivery', 'deliveries');
}

function Consequences({ filter, found }: { filter: DeliveryFilter; found: Counted }) {
  const { all, delivered } = found;
  return (
    <>
      <p>
        What matches now is sent again with the same ids and bodies, oldest first. It is tried as if it were
        new, with all retries.
      </p>
      <p className="mt-2 rounded-md bg-sunken px-2.5 py-1.5 font-medium wrap-anywhere text-ink">
        {filterInWords(filter)}
      </p>
      {delivered !== 0 && (
        <p className="mt-2 font-medium text-ink">
          {delivered === all ? 'All' : amount(delivered)} of them {delivered === 1 ? 'was' : 'were'} delivered
          already; the receiver gets {delivered === 1 ? 'it' : 'these'} once more.
        </p>
      )}
    </>
  );
}
