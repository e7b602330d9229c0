import { originOf, workspaceOf } from '@interview-webhooks/domain';

/** Where an attempt goes. Attempts are bounded at each of the three levels; endpoints are served in turn. */
export interface Place {
  workspaceId: string;
  /** The workspace's endpoints on one host. */
  origin: string;
  endpoint: string;
}

/** The place of an endpoint, whatever version of this system named it. */
export function placeAt(endpoint: string): Place {
  return { workspaceId: workspaceOf(endpoint), origin: originOf(endpoint), endpoint };
}
