import mongoose from 'mongoose';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { modelsOn } from './models.ts';
import { shardKeys } from './shard-keys.ts';
import { type Operation, routeOf } from './testing/routed-statements.ts';

const models = Object.entries(modelsOn(new mongoose.Mongoose().createConnection()));
const keyOf = (model: string) => shardKeys[model as keyof typeof shardKeys]; // each model is there

const sharded = models.flatMap(([model, { collection, schema }]) => {
  const key = keyOf(model);
  return key ? [{ collection: collection.name, schema, key }] : [];
});

it.each(sharded)('$collection can be sharded: its unique indexes begin with the shard key', (of) => {
  const fields = Object.keys(of.key);
  const unique = of.schema.indexes().filter(([, { unique }]) => unique === true);
  for (const [index] of unique) expect(Object.keys(index).slice(0, fields.length)).toEqual(fields);
  expect(['_id', ...of.schema.requiredPaths()]).toEqual(expect.arrayContaining(fields));
});

it('docs/scaling.md has the command for each collection that is sharded, and names the others', async () => {
  const text = await readFile(new URL('../../../docs/scaling.md', import.meta.url), 'utf8');
  for (const { collection, key } of sharded) {
    const written = Object.entries(key).map(
      ([field, order]) => `${field}: ${order === 'hashed' ? "'hashed'" : '1'}`,
    );
    const name = `interview_webhooks.${collection}`;
    expect(text).toContain(`sh.shardCollection('${name}', { ${written.join(', ')} })`);
  }
  const whole = models.filter(([model]) => keyOf(model) === null);
  for (const [, { collection }] of whole) expect(text).toContain(`\`${collection.name}\``);
});

describe('a sharded cluster', () => {
  const key = { workspaceId: 1, _id: 1 };
  const both = { $in: ['a', 'b'] };
  it.each<[Operation['kind'], Operation['filter'], ReturnType<typeof routeOf>]>([
    ['read', { _id: 'x' }, 'every shard'],
    ['read', { dueAt: { $lte: 1 } }, 'every shard'],
    ['read', { workspaceId: { $ne: 'a' } }, 'every shard'],
    ['read', { $or: [{ workspaceId: 'a' }] }, 'every shard'],
    ['read', { workspaceId: 'a' }, 'routed'],
    ['read', { $and: [{ state: 's' }, { workspaceId: both }] }, 'routed'],
    ['changeMany', { _id: { $in: ['x'] } }, 'every shard'],
    ['changeMany', { workspaceId: both, _id: { $in: ['x', 'y'] } }, 'every shard'],
    ['changeMany', { workspaceId: 'a', _id: { $in: ['x', 'y'] } }, 'routed'],
    ['changeOne', { _id: 'x' }, 'refused'],
    ['changeOne', { workspaceId: 'a', state: 's' }, 'refused'],
    ['changeOne', { workspaceId: 'a', _id: { $eq: 'x' } }, 'routed'],
    ['insert', { _id: 'x' }, 'refused'],
    ['insert', { workspaceId: 'a', _id: 'x' }, 'routed'],
  ])('takes a %s of %o: %s', (kind, filter, route) => {
    expect(routeOf({ kind, filter }, key)).toBe(route);
  });

  it('finds by a range of ids that begin with the workspace, and asks one shard for what is whole', () => {
    const range = { kind: 'read', filter: { _id: { $gte: 'a ', $lt: 'a!' } } } as const;
    expect(routeOf(range, { _id: 1 })).toBe('routed');
    expect(routeOf({ kind: 'read', filter: { hash: 'h' } }, null)).toBe('routed');
  });
});
