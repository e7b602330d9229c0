/** `1 AI interview`, `1,204 AI interviews`. */
export function countedInterviews(count: number): string {
  return `${count.toLocaleString('en')} AI interview${count === 1 ? '' : 's'}`;
}
