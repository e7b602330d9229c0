import type { Scope } from '@interview-webhooks/schema';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

interface MissingScopeProps {
  scope: Scope;
  title: string;
  className?: string;
  children?: ReactNode;
}

/** Why something cannot be seen or done here. */
export function MissingScope({ scope, title, className, children }: MissingScopeProps) {
  return (
    <Notice title={title} className={className}>
      <p className="text-ink-muted">
        The API key you signed in with lacks the scope <code className="font-mono text-ink">{scope}</code>.
      </p>
      {children}
    </Notice>
  );
}
