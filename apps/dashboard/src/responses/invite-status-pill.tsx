import type { InviteStatus } from '@interview-webhooks/schema';
import { CircleCheck, CirclePlay, type LucideIcon, Mail } from 'lucide-react';
import { Pill, type PillTone } from '../ui/pill.tsx';

const looks: Record<InviteStatus, { tone: PillTone; icon: LucideIcon }> = {
  Invited: { tone: 'neutral', icon: Mail },
  Started: { tone: 'info', icon: CirclePlay },
  Completed: { tone: 'ok', icon: CircleCheck },
};

export function InviteStatusPill({ status }: { status: InviteStatus }) {
  return <Pill {...looks[status]}>{status}</Pill>;
}
