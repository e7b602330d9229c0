import type { DeliveryState } from '@interview-webhooks/schema';
import { CircleCheck, CircleSlash, CircleX, Clock, type LucideIcon, Send } from 'lucide-react';
import { Pill, type PillTone } from '../ui/pill.tsx';

const looks: Record<DeliveryState, { tone: PillTone; icon: LucideIcon; name: string }> = {
  pending: { tone: 'warn', icon: Clock, name: 'Waiting' },
  delivering: { tone: 'info', icon: Send, name: 'Sending' },
  delivered: { tone: 'ok', icon: CircleCheck, name: 'Delivered' },
  failed: { tone: 'danger', icon: CircleX, name: 'Failed' },
  cancelled: { tone: 'neutral', icon: CircleSlash, name: 'Cancelled' },
};

export function DeliveryStatePill({ state }: { state: DeliveryState }) {
  const { tone, icon, name } = looks[state];
  return (
    <Pill tone={tone} icon={icon}>
      {name}
    </Pill>
  );
}
