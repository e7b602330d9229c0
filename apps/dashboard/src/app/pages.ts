import type { Scope } from '@interview-webhooks/schema';
import type { LinkOptions } from '@tanstack/react-router';
import {
  ChartColumn,
  Inbox,
  KeyRound,
  type LucideIcon,
  MessagesSquare,
  ScrollText,
  Send,
  Settings2,
} from 'lucide-react';
import { useLocalMode, useScopes } from '../session/session-context.ts';

interface Page {
  to: NonNullable<LinkOptions['to']>;
  name: string;
  /** Where there is little room. */
  shortName: string;
  icon: LucideIcon;
  /** Without it, the page has nothing to show. */
  scope: Scope;
  /** Only there in local mode. */
  local?: true;
}

/** In the order of the navigation. */
const pages: readonly Page[] = [
  {
    to: '/overview',
    name: 'Overview',
    shortName: 'Overview',
    icon: ChartColumn,
    scope: 'deliveries:read',
  },
  { to: '/deliveries', name: 'Deliveries', shortName: 'Deliveries', icon: Send, scope: 'deliveries:read' },
  {
    to: '/interviews',
    name: 'AI interviews',
    shortName: 'Interviews',
    icon: MessagesSquare,
    scope: 'interviews:read',
  },
  { to: '/settings', name: 'Settings', shortName: 'Settings', icon: Settings2, scope: 'settings:read' },
  { to: '/keys', name: 'API keys', shortName: 'API keys', icon: KeyRound, scope: 'keys:manage' },
  {
    to: '/inbox',
    name: 'Local receiver',
    shortName: 'Receiver',
    icon: Inbox,
    scope: 'deliveries:read',
    local: true,
  },
  { to: '/audit', name: 'Audit trail', shortName: 'Audit', icon: ScrollText, scope: 'audit:read' },
];

/** The pages that whoever is signed in can use. */
export function usePages(): readonly Page[] {
  const scopes = useScopes();
  const isLocal = useLocalMode();
  return pages.filter(({ scope, local }) => scopes.includes(scope) && (isLocal || !local));
}
