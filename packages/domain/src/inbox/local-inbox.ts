import type { AnswerInbox, Inbox, InboxAnswer, InboxRef, ReadInbox } from '@interview-webhooks/schema';
import { checkSignature, MASK } from '@interview-webhooks/webhooks';
import { randomUUID } from 'node:crypto';
import type { Context, Services } from '../context.ts';
import { signingSecrets } from '../deliveries/signing-secrets.ts';
import { NotFoundError } from '../errors.ts';
import type { Inboxes } from './inboxes.ts';

/** More than any webhook of ours has. */
const KEPT_BYTES = 24 * 1024;
const KEPT_HEADERS = 100;
const KEPT_HEADER_LENGTH = 1_000;
/** Headers that never hold a credential. Anything else may: what a receiver's API key is called, its owner chose. */
const harmless = /^(accept.*|connection|content-.*|date|host|transfer-encoding|user-agent|webhook-.*)$/;

/** A request to an inbox, from anybody. */
export interface IncomingRequest {
  method: string;
  path: string;
  /** In their order. */
  headers: readonly (readonly [name: string, value: string])[];
  /** As much of it as was read. */
  body: Buffer;
  bodyBytes: number;
}

interface WithInboxes {
  inboxes: Inboxes;
}

/**
 * Notes what came in, with what its signature is worth to a receiver that has the workspace's secret.
 *
 * @returns how to answer it
 */
export async function receiveInInbox(
  services: Services & WithInboxes,
  name: string,
  request: IncomingRequest,
): Promise<InboxAnswer> {
  const { inboxes, now } = services;
  const { method, path, headers, body, bodyBytes } = request;
  const at = now();
  const { answer } = inboxes.read(name);
  const kept = body.subarray(0, KEPT_BYTES);
  const named = Object.fromEntries(headers.map(([header, value]) => [header.toLowerCase(), value]));
  const secrets = await signingSecrets({ ...services, workspaceId: await ownerOf(services) });
  inboxes.add(name, {
    request_id: randomUUID(),
    received_at: at.toISOString(),
    method,
    path: path.slice(0, KEPT_HEADER_LENGTH),
    headers: headers.slice(0, KEPT_HEADERS).map(([header, value]) => ({
      name: header.slice(0, KEPT_HEADER_LENGTH),
      value: harmless.test(header.toLowerCase()) ? value.slice(0, KEPT_HEADER_LENGTH) : MASK,
    })),
    // What is not UTF-8 is replaced; it is only ever shown.
    body: kept.toString('utf8'),
    body_bytes: bodyBytes,
    truncated: bodyBytes > kept.length,
    signature: checkSignature({ headers: named, body }, secrets, at),
    answer,
  });
  return answer;
}

/**
 * An inbox and what came to it.
 *
 * @throws NotFoundError outside of local mode, and for any workspace but its first
 */
export async function readInbox(context: Context & WithInboxes, { name, limit }: ReadInbox): Promise<Inbox> {
  await requireOwner(context);
  return inboxView(context, { name, limit });
}

/**
 * The same, now and whenever it changes.
 *
 * @throws AbortError when `signal` says so, and as {@link readInbox}
 */
export async function* watchInbox(
  context: Context & WithInboxes,
  wanted: ReadInbox,
  signal: AbortSignal,
): AsyncGenerator<Inbox> {
  await requireOwner(context);
  let known = '';
  for await (const view of context.inboxes.watch(() => inboxView(context, wanted), signal)) {
    const text = JSON.stringify(view);
    if (text === known) continue;
    known = text;
    yield view;
  }
}

/**
 * Sets how an inbox answers from now on.
 *
 * @throws NotFoundError as {@link readInbox}
 */
export async function answerInbox(
  context: Context & WithInboxes,
  { name, answer }: AnswerInbox,
): Promise<Inbox> {
  await requireOwner(context);
  context.inboxes.setAnswer(name, answer);
  return inboxView(context, { name, limit: 50 });
}

/**
 * Forgets what came to an inbox.
 *
 * @throws NotFoundError as {@link readInbox}
 */
export async function clearInbox(context: Context & WithInboxes, { name }: InboxRef): Promise<Inbox> {
  await requireOwner(context);
  context.inboxes.clear(name);
  return inboxView(context, { name, limit: 1 });
}

function inboxView(context: Context & WithInboxes, { name, limit }: ReadInbox): Inbox {
  const { answer, requests } = context.inboxes.read(name);
  return {
    name,
    url: context.inboxes.url(name),
    answer,
    received: requests.length,
    requests: requests.slice(0, limit),
    names: context.inboxes.names(),
  };
}

/** An address says nothing about a workspace, so the inboxes are the first one's, which local mode is about. */
async function ownerOf({ database }: Pick<Services, 'database'>): Promise<string> {
  const first = await database.workspaces.findOne({ bootstrap: true }, { _id: 1 }).lean();
  if (!first) throw new NotFoundError('inbox');
  return first._id.toHexString();
}

async function requireOwner(context: Context): Promise<void> {
  if (!context.localMode || (await ownerOf(context)) !== context.workspaceId)
    throw new NotFoundError('inbox');
}
