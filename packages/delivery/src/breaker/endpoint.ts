/** What is bounded and judged together: one workspace's deliveries to one origin. */
export function endpointOf(workspaceId: string, url: string): string {
  return `${workspaceId} ${new URL(url).origin}`;
}

/** The workspace that an endpoint belongs to. */
export function workspaceOf(endpoint: string): string {
  return endpoint.slice(0, endpoint.indexOf(' '));
}

/** Its origin. */
export function originOf(endpoint: string): string {
  return endpoint.slice(endpoint.indexOf(' ') + 1);
}
