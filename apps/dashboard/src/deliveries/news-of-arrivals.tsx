import type { Delivery } from '@interview-webhooks/schema';
import { useState } from 'react';
import { counted } from '../lib/counted.ts';
import { arrivedSince } from './live-rows.ts';

/** Says how many deliveries have come, to those who do not see the list grow. */
export function NewsOfArrivals({ deliveries }: { deliveries: readonly Delivery[] }) {
  const newest = deliveries[0];
  const [heard, setHeard] = useState({ newest, count: 0, times: 0 });
  if (newest?.delivery_id !== heard.newest?.delivery_id) {
    const count = arrivedSince(heard.newest, deliveries);
    setHeard({ newest, count, times: heard.times + 1 });
  }
  return (
    <p role="status" className="sr-only">
      {/* Another element each time: the same words again would not be read. */}
      {heard.count > 0 && (
        <span key={heard.times}>{counted(heard.count, 'new delivery', 'new deliveries')}</span>
      )}
    </p>
  );
}
