import { expect, test, vi } from 'vitest';
import { EngineUnavailableError, firstAvailable } from './first-available.ts';

const unavailable = (name: string, reason: string) => ({
  name,
  start: () => Promise.reject(new EngineUnavailableError(reason)),
});
const available = (name: string) => ({ name, start: vi.fn(() => Promise.resolve(name)) });

test('the first engine that can run is the only one started', async () => {
  const third = available('third');
  const passedOver = vi.fn();
  const engines = [unavailable('first', 'no binary'), available('second'), third];
  expect(await firstAvailable(engines, passedOver)).toBe('second');
  expect(passedOver.mock.calls).toEqual([['first', 'no binary']]);
  expect(third.start).not.toHaveBeenCalled();
});

test('where none can run, one message has every reason and the way out', async () => {
  const engines = [unavailable('first', 'no binary'), unavailable('second', 'no download')];
  await expect(firstAvailable(engines, vi.fn())).rejects.toThrow(
    'No MongoDB engine can run here. first: no binary; second: no download. ' +
      'Set MONGODB_URI to a MongoDB server instead.',
  );
});

test('an engine that can run but fails is not replaced by another one', async () => {
  const damaged = { name: 'first', start: () => Promise.reject(new Error('data damaged')) };
  const second = available('second');
  await expect(firstAvailable([damaged, second], vi.fn())).rejects.toThrow('data damaged');
  expect(second.start).not.toHaveBeenCalled();
});
