import { LRUCache } from 'lru-cache';
import type { Announcements } from './announcements.ts';
import { type DocumentReads, placeOf } from './document-reads.ts';
import { createKept, type KeptOptions } from './kept.ts';
import type { AiInterviewDocument } from './models/ai-interview.ts';
import type { ApiKeyDocument } from './models/api-key.ts';
import type { ResponseDocument } from './models/response.ts';
import type { WebhookSettingsDocument } from './models/webhook-settings.ts';
import type { WorkspaceDocument } from './models/workspace.ts';
import { isObjectId } from './object-id.ts';
import type { WorkspaceState, WorkspaceStates } from './workspace-states.ts';

/** What an answer has to be like. */
interface Asked {
  /**
   * Nothing older than this will do, as `performance.now()` counts: when the call came that asks. Default: now. So a call that
   * asks several times reads its workspace's document once.
   */
  since?: number | undefined;
  /** Nothing that is kept will do: for those who have found out that it is over. */
  fresh?: boolean;
}

/**
 * What nearly every request reads. Those who ask at the same moment share a statement. What is kept is used only while the
 * workspace's document, read for each question, says that it still holds: so nobody is told what was replaced before they
 * asked. But for keys, all of it is read as a majority has it: webhooks are sent by it, and calls acknowledged.
 */
export interface Readers {
  /** As the primary has it: a key that has just been revoked opens nothing, whether the majority knows or not. */
  apiKeyByHash(hash: string): Promise<ApiKeyDocument | null>;
  workspace(id: string, asked?: Asked): Promise<WorkspaceDocument | null>;
  aiInterview(workspaceId: string, id: string, asked?: Asked): Promise<AiInterviewDocument | null>;
  /** The newest revision of a workspace's settings. */
  newestSettings(workspaceId: string, asked?: Asked): Promise<WebhookSettingsDocument | null>;
  response(workspaceId: string, id: string, asked?: Pick<Asked, 'since'>): Promise<ResponseDocument | null>;
  /**
   * Begins to read a response that the holder of a key will ask for as soon as it is known that they may: so the one takes no
   * longer than the other. Does nothing where the key's workspace is not known.
   */
  expectResponse(keyHash: string, id: string): void;
}

export interface ReadersOptions {
  reads: DocumentReads;
  states: WorkspaceStates;
  announce: Announcements;
  kept?: KeptOptions | undefined;
}

export function createReaders({ reads, states, announce, kept }: ReadersOptions): Readers {
  const keys = keyReads({ reads, states, kept });
  const responses = responseReads(reads);
  const interviews = createKept<AiInterviewDocument>(kept);
  const settings = createKept<{ newest: WebhookSettingsDocument | null }>(kept);
  return {
    apiKeyByHash: keys.byHash,
    workspace: async (id, asked) => (isObjectId(id) ? (await states.of(id, asked?.since)).workspace : null),
    async aiInterview(workspaceId, id, asked) {
      if (!isObjectId(workspaceId) || !isObjectId(id)) return null;
      const place = placeOf(workspaceId, id);
      const state = await states.of(workspaceId, asked?.since);
      const basis = basisOf(state, state.workspace?.interviewChanges);
      const known = asked?.fresh ? undefined : interviews.get(place, basis);
      if (known) return known;
      const readAt = performance.now();
      const found = await reads.aiInterview(place);
      if (found) interviews.put(place, basis, { document: found, readAt });
      return found;
    },
    async newestSettings(workspaceId, asked) {
      if (!isObjectId(workspaceId)) return null;
      const state = await states.of(workspaceId, asked?.since);
      const named = state.workspace?.settingsRevision ?? 0;
      const known = asked?.fresh ? undefined : settings.get(workspaceId, basisOf(state, named));
      if (known) return known.newest;
      const readAt = performance.now();
      const newest = await reads.newestSettings(workspaceId);
      const revision = newest?.revision ?? 0;
      // Its writer has not come to that yet, is gone, or is of an earlier version. Nobody may be told of an older one from now on.
      if (state.workspace && revision > named) await announce.settings(workspaceId, revision);
      settings.put(workspaceId, basisOf(state, revision), { document: { newest }, readAt });
      return newest;
    },
    response: (workspaceId, id, asked) =>
      isObjectId(workspaceId) && isObjectId(id)
        ? responses.of(placeOf(workspaceId, id), asked?.since)
        : Promise.resolve(null),
    expectResponse(keyHash, id) {
      const workspaceId = keys.workspaceOf(keyHash);
      if (workspaceId !== undefined && isObjectId(id)) responses.expect(placeOf(workspaceId, id));
    },
  };
}

/**
 * What something that is kept rests on.
 *
 * @param count the number in the workspace's document that grows with each change of it
 * @returns undefined where nothing may be kept
 */
function basisOf({ isSettled, term }: WorkspaceState, count = 0): string | undefined {
  return isSettled ? `${term} ${count}` : undefined;
}

/** Keys whose workspace is known: about 200 bytes each. */
const MAX_KEYS = 20_000;

function keyReads({ reads, states, kept }: Pick<ReadersOptions, 'reads' | 'states' | 'kept'>) {
  const keys = createKept<ApiKeyDocument>(kept);
  /** By a key's hash. Whose a key is never changes. One that is unknown is asked for each time: it may have been made since. */
  const workspaces = new LRUCache<string, string>({ max: MAX_KEYS });
  return {
    workspaceOf: (hash: string) => workspaces.get(hash),
    byHash: async (hash: string): Promise<ApiKeyDocument | null> => {
      const workspaceId = workspaces.get(hash);
      const state = workspaceId === undefined ? undefined : await states.of(workspaceId);
      // A decision to revoke keys is carried out step by step. Until it is, each is looked at.
      const isSettled = state?.workspace?.revocation === undefined;
      const basis = state && isSettled ? basisOf(state, state.workspace?.keyDecisions) : undefined;
      const known = keys.get(hash, basis);
      if (known) return known;
      const readAt = performance.now();
      const found = await reads.apiKey(hash);
      if (found) {
        workspaces.set(hash, found.workspaceId.toHexString());
        keys.put(hash, basis, { document: found, readAt });
      }
      return found;
    },
  };
}

/** Responses that are read ahead: more than there are calls at a time. */
const MAX_AHEAD = 1_000;
/** A call that was refused never asks for it. */
const AHEAD_MS = 1_000;

function responseReads(reads: Pick<DocumentReads, 'response'>) {
  interface Ahead {
    askedAt: number;
    answer: Promise<ResponseDocument | null>;
  }
  const ahead = new LRUCache<string, Ahead>({ max: MAX_AHEAD, ttl: AHEAD_MS });
  return {
    expect(place: string): void {
      const begun = { askedAt: performance.now(), answer: reads.response(place) };
      // Said to whoever asks for it, if anybody does.
      begun.answer.catch(() => undefined);
      ahead.set(place, begun);
    },
    of(place: string, since = Infinity): Promise<ResponseDocument | null> {
      const begun = ahead.get(place);
      if (!begun || begun.askedAt < since) return reads.response(place);
      // Once: who asks again wants to know what has become of it.
      ahead.delete(place);
      return begun.answer;
    },
  };
}
