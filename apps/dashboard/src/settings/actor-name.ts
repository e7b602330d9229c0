import type { Actor } from '@interview-webhooks/schema';
import { isolated } from '../lib/isolated.ts';

/** Who did something, for sentences: `Owner in the dashboard`. */
export function actorName({ type, name }: Actor): string {
  switch (type) {
    case 'api_key':
      return `${isolated(name)} through the API`;
    case 'dashboard':
      return `${isolated(name)} in the dashboard`;
    case 'system':
      return 'the system';
  }
}
