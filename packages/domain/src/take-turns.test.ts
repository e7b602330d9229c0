import { once } from 'node:events';
import { expect, it } from 'vitest';
import { takeTurns } from './take-turns.ts';

it('runs work under one key in order, also after a failure, and other keys beside it', async () => {
  const order: string[] = [];
  const held = new EventTarget();
  const first = takeTurns('a', async () => {
    await once(held, 'released');
    order.push('first');
    throw new Error('failed');
  });
  const second = takeTurns('a', () => Promise.resolve(order.push('second')));
  await takeTurns('b', () => Promise.resolve(order.push('other')));
  held.dispatchEvent(new Event('released'));
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(order).toEqual(['other', 'first', 'second']);
});
