import { createBatcher, type NewRevision } from '@interview-webhooks/database';
import type { RevisionAction, WebhookPart, WebhookSettings } from '@interview-webhooks/schema';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { renewedAuth } from '../secrets/renewed-auth.ts';
import { currentRevision, type Revision } from './revisions.ts';

/** What a writer makes of the current settings. */
export interface ProposedSettings {
  settings: WebhookSettings;
  /** Parts to apply to all AI interviews that exist. */
  applyToAll: readonly WebhookPart[];
  action: RevisionAction;
  reason?: string;
  restoredFrom?: number;
}

type Propose = (current: WebhookSettings) => ProposedSettings | Promise<ProposedSettings>;

interface Writer {
  context: Context;
  propose: Propose;
}

/** What becomes of a writer; a function, for the settings or the error are its own. */
type Outcome = () => WebhookSettings;

/** Other processes are raced only; ten losses in a row mean something is wrong. */
const MAX_TRIES = 10;
/** As many revisions go in one insert. */
const MAX_TOGETHER = 100;

const lines = new Map<string, { batcher: ReturnType<typeof newLine>; writers: number }>();

/**
 * Appends what `propose` makes of the current settings as the next revision; an update that changes nothing
 * appends nothing. `propose` may be called more than once.
 *
 * Writers of one workspace in one process stand in line. Those who come while a revision is being stored go together
 * afterwards: each decides on what the one before it has made, and all their revisions are one insert.
 *
 * @returns the settings that are in effect afterwards
 * @throws ConflictError when other processes were faster MAX_TRIES times
 */
export async function changeSettings(context: Context, propose: Propose): Promise<WebhookSettings> {
  const { workspaceId } = context;
  const line = lines.get(workspaceId) ?? { batcher: newLine(), writers: 0 };
  lines.set(workspaceId, line);
  line.writers++;
  try {
    const writer = { context, propose };
    const outcome = (await line.batcher.add(writer)).get(writer);
    if (!outcome) throw new Error('a writer of settings was left out');
    return outcome();
  } finally {
    if (--line.writers === 0) lines.delete(workspaceId);
  }
}

function newLine() {
  return createBatcher(changeTogether, { maxItems: MAX_TOGETHER });
}

async function changeTogether(writers: readonly Writer[]): Promise<Map<Writer, Outcome>> {
  const outcomes = new Map<Writer, Outcome>();
  let left = writers;
  for (let attempt = 1; attempt <= MAX_TRIES && left.length > 0; attempt++) {
    try {
      left = await changeOnce(left, { outcomes, isRepeated: attempt > 1 });
    } catch (error) {
      for (const writer of left) outcomes.set(writer, thrown(error));
      return outcomes;
    }
  }
  const conflict = new ConflictError('The settings are being changed by others at this moment; try again.');
  for (const writer of left) outcomes.set(writer, thrown(conflict));
  return outcomes;
}

/** @returns those who decided on a revision that another process made meanwhile otherwise */
async function changeOnce(
  writers: readonly Writer[],
  { outcomes, isRepeated }: { outcomes: Map<Writer, Outcome>; isRepeated: boolean },
): Promise<readonly Writer[]> {
  const [first] = writers;
  if (!first) return [];
  const current = await currentRevision({ ...first.context, askedAt: lastAsked(writers) }, isRepeated);
  const decisions = await decideInTurn(current, writers);
  const changes = decisions.flatMap(({ change }) => change ?? []);
  // The unique index on (workspaceId, revision) is the lock: where another writer was faster, the insert fails.
  const stored = await first.context.database.appendSettings(changes);
  // Everybody up to the first revision that is not ours stands on what is stored.
  const lost = decisions.findIndex(({ change }) => change !== undefined && change === changes[stored]);
  const settled = lost === -1 ? decisions : decisions.slice(0, lost);
  for (const { writer, outcome, isNews } of settled) {
    outcomes.set(writer, outcome);
    const { workspaceId, actor, events } = writer.context;
    if (isNews) events.settingsChanged({ workspaceId, by: actor.type });
  }
  return writers.slice(settled.length);
}

/** Since when nobody else has come to `writers`. */
function lastAsked(writers: readonly Writer[]): number {
  return Math.max(...writers.map(({ context }) => context.askedAt ?? Infinity));
}

interface Decision {
  writer: Writer;
  outcome: Outcome;
  /** What is to be stored; none where nothing changes or the writer refused. */
  change?: NewRevision;
  /** Whether deliveries go by other settings from then on. */
  isNews: boolean;
}

/** Each decides on what the one before it has made. */
async function decideInTurn(current: Revision, writers: readonly Writer[]): Promise<Decision[]> {
  const decisions: Decision[] = [];
  let newest = current;
  for (const writer of writers) {
    const decision = await decide(newest, writer);
    decisions.push(decision);
    newest = decision.change ?? newest;
  }
  return decisions;
}

async function decide(current: Revision, writer: Writer): Promise<Decision> {
  const { context, propose } = writer;
  let proposed: ProposedSettings;
  try {
    proposed = await propose(current.settings);
  } catch (error) {
    return { writer, outcome: thrown(error), isNews: false };
  }
  const { applyToAll, settings, action, reason = null, restoredFrom = null } = proposed;
  const outcome = () => settings;
  const isNews = applyToAll.length > 0 || !isDeepStrictEqual(settings, current.settings);
  if (!isNews && (action === 'updated' || action === 'disabled')) return { writer, outcome, isNews };
  const revision = current.revision + 1;
  const appliedToAll = { ...current.appliedToAll };
  for (const part of applyToAll) appliedToAll[part] = revision;
  const { workspaceId, vault, actor, now } = context;
  const stored = { ...settings, auth: renewedAuth(vault, workspaceId, settings.auth) };
  const made = { revision, settings: stored, appliedToAll, action, reason, restoredFrom };
  return { writer, outcome, change: { workspaceId, ...made, actor, createdAt: now() }, isNews };
}

function thrown(error: unknown): Outcome {
  return () => {
    throw error;
  };
}
