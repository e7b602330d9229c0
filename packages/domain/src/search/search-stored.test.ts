import { ObjectId } from '@interview-webhooks/database';
import { InviteCandidate } from '@interview-webhooks/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { matching } from '../deliveries/read-deliveries.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { listInterviews } from '../interviews/list-interviews.ts';
import { inviteCandidate } from '../responses/invite-candidate.ts';
import { listResponses } from '../responses/list-responses.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { renewSearchKeys } from './renew-search-keys.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const samples: readonly (readonly [stored: string, wanted: string])[] = [
  ['Zoë Müller', 'zoe\u0308 mu\u0308'],
  ['Zoe\u0308 Mu\u0308ller', 'ZOË MÜ'],
  ['Ｄａｔａ　Engineer', 'data eng'],
  ['Data Engineer', 'ｄａｔａ'],
  ['O’Brien', "o'br"],
  ["O'Brien", 'O’BR'],
  ['D\u02bcArcy', "d'arcy"],
  ['Ada   Lovelace', 'ada love'],
  ['Ada\u00a0Lovelace', 'ada  love'],
  ['Ada Lovelace', ' ada lovelace '],
  ['Ada\u200b Love\u00adlace', 'ada lovelace'],
  ['Straße', 'STRASSE'],
  ['STRASSE', 'straße'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['ﬃnity', 'ffin'],
  ['Nguyê\u0303n', 'nguye\u0302\u0303n'],
  ['Nguye\u0302\u0303n', 'nguyễn'],
  ['한국어', '한국'.normalize('NFD')],
  ['Jean‑Luc', 'jean-luc'],
  ['ﾃﾞｰﾀ', 'データ'],
];

/** As the version before wrote them: of the text as it was given, in lower case. */
function keysOfBefore(text: string): string[] {
  const lower = text.toLowerCase();
  const starts = lower.matchAll(/(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}]/gu);
  return [...starts].map(({ index }) => lower.slice(index, index + 60));
}

async function invited(name: string): Promise<Context> {
  const context = world.newWorkspace();
  const { ai_interview_id } = await createInterview(context, { ai_interview_name: name });
  const candidate = { candidate_name: name, candidate_email: 'x@example.com', ai_interview_id };
  await inviteCandidate(context, InviteCandidate.parse(candidate));
  return context;
}

async function found(context: Context, text: string): Promise<string[]> {
  const interviews = await listInterviews(context, { text, limit: 10 });
  const responses = await listResponses(context, { text, limit: 10 });
  return [
    ...interviews.data.map(({ ai_interview_name }) => ai_interview_name),
    ...responses.data.map(({ candidate_name }) => candidate_name),
  ];
}

describe('what is stored is found however it is typed', () => {
  it.each(samples)('%j by %j', async (stored, wanted) => {
    expect(await found(await invited(stored), wanted)).toEqual([stored, stored]);
  });

  it.each(samples)('%j by %j, where there are no keys', async (stored, wanted) => {
    const { direct } = world.services.database;
    const delivery = { _id: new ObjectId().toHexString(), interviewName: 'x', candidateName: stored };
    // Of a delivery only what the search looks at.
    await direct.deliveries.insertOne(delivery as never);
    const { $or } = matching({ text: wanted });
    const names = await direct.deliveries.find({ _id: delivery._id, $or: $or as never }).toArray();
    expect(names).toHaveLength(1);
  });

  it.each(['ế'.repeat(70), 'ffi'.repeat(25), 'ssfi'.repeat(20), 'mmcm'.repeat(20), 'ａ'.repeat(200)])(
    'the longest text that can be searched for is one that the database takes: %s',
    async (wanted) => {
      const { direct } = world.services.database;
      const { $or } = matching({ text: wanted });
      await direct.deliveries.insertOne({
        _id: new ObjectId().toHexString(),
        candidateName: wanted,
      } as never);
      expect(await direct.deliveries.findOne({ $or: $or as never })).toMatchObject({ candidateName: wanted });
    },
  );

  it('finds nothing within a word, and nothing that only looks alike', async () => {
    const context = await invited('Zoë O’Brien');
    for (const wanted of ['oë', 'zoe x', 'rien', 'zö']) expect(await found(context, wanted)).toEqual([]);
  });
});

it('what the version before has stored is found, too', async () => {
  const { database } = world.services;
  const contexts = await Promise.all(samples.map(([stored]) => invited(stored)));
  for (const [index, { workspaceId }] of contexts.entries()) {
    const search = keysOfBefore(samples[index]?.[0] ?? '');
    const ofWorkspace = { workspaceId: new ObjectId(workspaceId) };
    await database.direct.responses.updateMany(ofWorkspace, { $set: { search } });
    await database.direct.aiInterviews.updateMany(ofWorkspace, { $set: { search } });
  }
  expect(await renewSearchKeys(database)).toBeGreaterThan(samples.length);
  for (const [index, [stored, wanted]] of samples.entries())
    expect(await found(contexts[index] ?? world.newWorkspace(), wanted)).toEqual([stored, stored]);
  expect(await renewSearchKeys(database)).toBe(0);
});
