/** A time of the API's, to the second and in UTC, as logs have it; a dash for none. */
export function moment(iso: string | null): string {
  return iso === null ? '-' : `${iso.slice(0, 19).replace('T', ' ')}Z`;
}
