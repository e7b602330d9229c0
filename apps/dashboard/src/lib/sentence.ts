/** `must not be empty` about `URL` becomes `URL must not be empty.` */
export function sentence(subject: string, fragment: string): string {
  return `${subject} ${fragment}${/[.!?]$/.test(fragment) ? '' : '.'}`;
}
