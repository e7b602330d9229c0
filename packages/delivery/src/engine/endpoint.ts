/** What is bounded and judged together: one workspace's deliveries to one origin. Null without a URL. */
export function endpointOf(workspaceId: string, url: string | null): string | null {
  return url === null ? null : `${workspaceId} ${new URL(url).origin}`;
}
