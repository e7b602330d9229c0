import type { Mongod } from '@interview-webhooks/testing';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';

/** Something that a script for mongosh does, as the command that mongosh sends. */
export interface MongoshCommand {
  readonly database: string;
  readonly command: Readonly<Record<string, unknown>>;
}

interface Named {
  role?: string;
  user?: string;
}

const operations = new URL('../../../../docs/operations.md', import.meta.url);

/** The block of `docs/operations.md` for mongosh that `part` stands in. */
export async function mongoshBlock(part: string): Promise<string> {
  const text = await readFile(operations, 'utf8');
  const blocks = [...text.matchAll(/^ *```js\n([\s\S]*?)^ *```$/gm)].map(([, block = '']) => block);
  const found = blocks.filter((block) => block.includes(part));
  if (found.length !== 1) throw new Error(`${found.length} blocks of docs/operations.md have ${part}`);
  return found[0] ?? '';
}

/**
 * The commands that a script makes users and roles with.
 *
 * @param passwords those that whoever runs it is asked for, in their order
 */
export function userCommands(script: string, passwords: readonly string[]): MongoshCommand[] {
  const commands: MongoshCommand[] = [];
  const left = [...passwords];
  const databaseNamed = (database: string) => ({
    getName: () => database,
    getSiblingDB: databaseNamed,
    // As mongosh turns them into commands.
    createRole: ({ role, ...rest }: Named) =>
      commands.push({ database, command: { createRole: role, ...rest } }),
    createUser: ({ user, ...rest }: Named) =>
      commands.push({ database, command: { createUser: user, ...rest } }),
  });
  const context = createContext({ db: databaseNamed('test'), passwordPrompt: () => left.shift() });
  runInContext(script, context);
  return commands;
}

type Step = (member: Mongod) => Promise<unknown>;

interface ReplicaSetConfig {
  version: number;
  members: { _id: number; host: string }[];
}

const LOOK_AGAIN_MS = 50;

/**
 * What a script does to the configuration of a replica set, in its order.
 *
 * @param config the one that the member has
 */
export function restoreSteps(script: string, config: object): Step[] {
  const steps: Step[] = [];
  // As mongosh turns them into commands.
  const rs = {
    conf: () => ({ ...config }),
    reconfig: ({ version, ...rest }: ReplicaSetConfig, { force }: { force: boolean }) =>
      steps.push((member) => member.admin({ replSetReconfig: { ...rest, version: version + 1 }, force })),
    add: (host: string) => steps.push((member) => add(member, host)),
  };
  const hello = () => {
    steps.push(untilPrimary);
    return { isWritablePrimary: true };
  };
  runInContext(script, createContext({ rs, db: { hello }, sleep: () => undefined }));
  return steps;
}

async function untilPrimary(member: Mongod): Promise<void> {
  while ((await member.admin({ hello: 1 }))['isWritablePrimary'] !== true) await pause(LOOK_AGAIN_MS);
}

async function add(member: Mongod, host: string): Promise<void> {
  const { config } = await member.admin({ replSetGetConfig: 1 });
  const { version, members, ...rest } = config as ReplicaSetConfig; // as the command is documented
  const next = Math.max(...members.map(({ _id }) => _id)) + 1;
  const grown = { ...rest, version: version + 1, members: [...members, { _id: next, host }] };
  await member.admin({ replSetReconfig: grown });
}
