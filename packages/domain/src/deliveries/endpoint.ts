/**
 * An endpoint, which is bounded and judged by itself: one workspace's deliveries to one URL, whatever its query. Its name
 * is the workspace's id, a space and the URL, so that those of a workspace, and of an origin in it, lie together in an index.
 *
 * Stored with deliveries and in `endpoints`. What the version before this one stored has the URL's origin alone, without
 * the slash that begins a path; it is that of no URL, and is replaced with a delivery's next attempt.
 */
export function endpointOf(workspaceId: string, url: string): string {
  return `${workspaceId} ${withoutQuery(url)}`;
}

/** The workspace that an endpoint belongs to. */
export function workspaceOf(endpoint: string): string {
  return endpoint.slice(0, endpoint.indexOf(' '));
}

/** Its URL, without a query. */
export function urlOf(endpoint: string): string {
  return endpoint.slice(endpoint.indexOf(' ') + 1);
}

/** Its workspace and the origin of its URL, by which endpoints are bounded together. */
export function originOf(endpoint: string): string {
  const host = endpoint.indexOf('://') + 3;
  const path = endpoint.indexOf('/', host);
  return path === -1 ? endpoint : endpoint.slice(0, path);
}

/** A URL as it names an endpoint. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
