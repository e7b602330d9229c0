/** `1 attempt`, `1,204 attempts`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}

/** `1 AI interview`, `1,204 AI interviews`. */
export function countedInterviews(count: number): string {
  return counted(count, 'AI interview');
}
