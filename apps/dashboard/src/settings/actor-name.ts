import type { Actor } from '@interview-webhooks/schema';

/** Who did something, for sentences: `Owner in the dashboard`. */
export function actorName({ type, name }: Actor): string {
  switch (type) {
    case 'api_key':
      return `${name} through the API`;
    case 'dashboard':
      return `${name} in the dashboard`;
    case 'system':
      return 'the system';
  }
}
