import { expect, it, vi } from 'vitest';
import { shareLookups } from './shared-lookup.ts';

it('shares a look-up while it runs, whatever its end, and remembers nothing', async () => {
  const pending: { resolve: (found: string[]) => void; reject: (error: Error) => void }[] = [];
  const lookup = vi.fn(
    () =>
      new Promise<string[]>((resolve, reject) => {
        pending.push({ resolve, reject });
      }),
  );
  const shared = shareLookups(lookup);
  const both = Promise.all([shared('a.example'), shared('a.example')]);
  const other = shared('b.example');
  pending[0]?.resolve(['192.0.2.1']);
  pending[1]?.reject(new Error('gone'));
  expect(await both).toEqual([['192.0.2.1'], ['192.0.2.1']]);
  await expect(other).rejects.toThrow('gone');
  expect(lookup).toHaveBeenCalledTimes(2);

  const again = shared('a.example');
  pending[2]?.resolve(['192.0.2.2']);
  expect(await again).toEqual(['192.0.2.2']);
});
