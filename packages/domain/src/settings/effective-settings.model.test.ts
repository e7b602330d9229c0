import type { OwnParts } from '@interview-webhooks/database';
import {
  neverConfigured,
  type WebhookPart,
  type WebhookSettings,
  webhookParts,
} from '@interview-webhooks/schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { effectiveSources, resolveSettings } from './effective-settings.ts';

/** What can happen to a workspace. A part is set to a value nobody else sets, told apart by its number. */
type Step =
  | { kind: 'update'; parts: WebhookPart[]; updateAll: boolean }
  | { kind: 'create' }
  | { kind: 'own'; interview: number; parts: WebhookPart[] }
  | { kind: 'useGlobal'; interview: number };

const parts = fc.subarray([...webhookParts], { minLength: 1 });
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('update' as const), parts, updateAll: fc.boolean() }),
    fc.record({ kind: fc.constant('create' as const) }),
    fc.record({ kind: fc.constant('own' as const), interview: fc.nat(5), parts }),
    fc.record({ kind: fc.constant('useGlobal' as const), interview: fc.nat(5) }),
  ),
  { maxLength: 40 },
);

function valueOf(part: WebhookPart, number: number): WebhookSettings[WebhookPart] {
  return part === 'auth'
    ? { type: 'basic', username: `user-${number}`, password: '' }
    : { status: true, url: `https://example.com/${number}` };
}

function setParts(settings: WebhookSettings, changed: WebhookPart[], number: number): WebhookSettings {
  return { ...settings, ...Object.fromEntries(changed.map((part) => [part, valueOf(part, number)])) };
}

/** The naive way: every AI interview holds a copy of its settings, and `updateAll` rewrites them all. */
class CopyingModel {
  global = neverConfigured;
  readonly interviews: WebhookSettings[] = [];

  apply(step: Step, number: number): void {
    switch (step.kind) {
      case 'update': {
        this.global = setParts(this.global, step.parts, number);
        if (!step.updateAll) return;
        for (const [index, copy] of this.interviews.entries()) {
          this.interviews[index] = setParts(copy, step.parts, number);
        }
        return;
      }
      case 'create':
        this.interviews.push(this.global);
        return;
      case 'own': {
        const copy = this.interviews[step.interview];
        if (copy) this.interviews[step.interview] = setParts(copy, step.parts, number);
        return;
      }
      case 'useGlobal':
        if (this.interviews[step.interview]) this.interviews[step.interview] = this.global;
    }
  }
}

/** Ours: an append-only log, and AI interviews that remember where in it they were. */
class RevisionLog {
  readonly log = [{ settings: neverConfigured, appliedToAll: { start: 0, submission: 0, auth: 0 } }];
  readonly interviews: { revision: number; own: OwnParts }[] = [];

  get current() {
    const revision = this.log.length - 1;
    return { revision, ...this.at(revision) };
  }

  at(revision: number) {
    const entry = this.log[revision];
    if (!entry) throw new Error(`no revision ${revision}`);
    return entry;
  }

  apply(step: Step, number: number): void {
    const { revision, settings, appliedToAll } = this.current;
    switch (step.kind) {
      case 'update': {
        const applied = Object.fromEntries(step.parts.map((part) => [part, revision + 1]));
        this.log.push({
          settings: setParts(settings, step.parts, number),
          appliedToAll: step.updateAll ? { ...appliedToAll, ...applied } : appliedToAll,
        });
        return;
      }
      case 'create':
        this.interviews.push({ revision, own: {} });
        return;
      case 'own': {
        const interview = this.interviews[step.interview];
        const set = { revision, actor: { type: 'system', id: null, name: '' }, setAt: new Date(0) };
        const own = step.parts.map((part) => [part, { value: valueOf(part, number), ...set }]);
        if (interview) interview.own = { ...interview.own, ...(Object.fromEntries(own) as OwnParts) };
        return;
      }
      case 'useGlobal':
        if (this.interviews[step.interview]) this.interviews[step.interview] = { revision, own: {} };
    }
  }

  effective() {
    const { appliedToAll } = this.current;
    return Promise.all(
      this.interviews.map((interview) =>
        resolveSettings(effectiveSources({ interview, appliedToAll }), interview.own, (revision) =>
          Promise.resolve(this.at(revision).settings),
        ),
      ),
    );
  }
}

it('gives every AI interview the settings that copying them into each would', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence: Step[]) => {
      const model = new CopyingModel();
      const log = new RevisionLog();
      for (const [number, step] of sequence.entries()) {
        model.apply(step, number);
        log.apply(step, number);
        expect(await log.effective()).toEqual(model.interviews);
      }
    }),
    { numRuns: 300 },
  );
});
