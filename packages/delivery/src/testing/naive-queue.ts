import { expect } from 'vitest';
import type { Entry } from '../schedule/endpoint-queues.ts';
import type { ScheduleLimits } from '../schedule/limits.ts';
import type { Place } from '../schedule/place.ts';

/** What the model knows of an entry that is held. */
interface Held {
  entry: Entry<number>;
  job: number | null;
  place: Place;
  state: 'waiting' | 'active' | 'slow' | 'released';
  /** Those that began later have a higher number. */
  begun: number;
  startedAtMs: number;
}

const isRunning = ({ state }: Held) => state === 'active' || state === 'slow';

/** The fair queue as one would describe it: one list of what is held, and every question is answered by counting in it. */
export class NaiveQueue {
  nowMs = 0;
  #all: Held[] = [];
  #jobs = 0;
  #begun = 0;
  readonly #quickInARow = new Map<string, number>();
  readonly #limits: ScheduleLimits;

  constructor(limits: ScheduleLimits) {
    this.#limits = limits;
  }

  get held() {
    return this.#all.map(({ entry }) => entry);
  }
  get running() {
    return this.#all.filter(isRunning).map(({ entry }) => entry);
  }
  get released() {
    return this.#all.filter(({ state }) => state === 'released').map(({ entry }) => entry);
  }
  get tests() {
    return this.#waiting().flatMap(({ entry, job }) => (job === null ? [entry] : []));
  }

  #waiting(endpoint?: string) {
    return this.#all.filter(
      ({ state, place }) => state === 'waiting' && (endpoint === undefined || place.endpoint === endpoint),
    );
  }
  #count(isOne: (one: Held) => boolean) {
    return this.#all.filter(isOne).length;
  }
  #of(entry: Entry<number>): Held {
    const one = this.#all.find((held) => held.entry === entry);
    if (!one) throw new Error('an entry that is not held');
    return one;
  }
  #isQuick(endpoint: string) {
    const slow = this.#count(({ place, state }) => place.endpoint === endpoint && state === 'slow');
    return slow === 0 && (this.#quickInARow.get(endpoint) ?? 0) >= this.#limits.perEndpoint;
  }

  /** What is in the way of an attempt. */
  #obstacles({ workspaceId, origin, endpoint }: Place) {
    const { active, activePerWorkspace, perOrigin, perEndpoint, perQuickEndpoint } = this.#limits;
    const running = this.#all.filter(isRunning);
    const at = (level: keyof Place, key: string) => running.filter(({ place }) => place[level] === key);
    const isFull = {
      all: this.#count(({ state }) => state === 'active') >= active,
      workspace:
        at('workspaceId', workspaceId).filter(({ state }) => state === 'active').length >= activePerWorkspace,
      origin: at('origin', origin).length >= perOrigin,
      endpoint: at('endpoint', endpoint).length >= (this.#isQuick(endpoint) ? perQuickEndpoint : perEndpoint),
    };
    return Object.entries(isFull).flatMap(([level, full]) => (full ? [level] : []));
  }

  nextJob(): number {
    return ++this.#jobs;
  }
  mayTestWait({ workspaceId }: Place): boolean {
    const waiting = this.#waiting().filter(
      ({ job, place }) => job === null && place.workspaceId === workspaceId,
    );
    return waiting.length < this.#limits.waitingTestsPerWorkspace;
  }
  wait(entry: Entry<number>, place: Place): void {
    this.#all.push({ entry, place, job: entry.job, state: 'waiting', begun: 0, startedAtMs: 0 });
  }

  begin(entry: Entry<number>): void {
    const one = this.#of(entry);
    const waiting = this.#waiting(one.place.endpoint);
    expect(one).toBe(waiting.find(({ job }) => job === null) ?? waiting[0]);
    expect(this.#obstacles(one.place)).toEqual([]);
    one.state = 'active';
    one.begun = ++this.#begun;
    one.startedAtMs = this.nowMs;
  }

  expectNothingCanBegin(): void {
    const waiting = new Map(this.#waiting().map(({ place }) => [place.endpoint, place]));
    const could = [...waiting].filter(([, place]) => this.#obstacles(place).length === 0);
    expect(could).toEqual([]);
  }

  release(entry: Entry<number>, tookMs: number | undefined): void {
    const one = this.#of(entry);
    if (!isRunning(one)) return;
    one.state = 'released';
    const { endpoint } = one.place;
    const isQuick = tookMs !== undefined && tookMs <= this.#limits.quickMs;
    this.#quickInARow.set(endpoint, isQuick ? (this.#quickInARow.get(endpoint) ?? 0) + 1 : 0);
  }
  end(entry: Entry<number>): void {
    this.#forget((held) => held.entry === entry);
  }
  #forget(isOne: (held: Held) => boolean): void {
    this.#all = this.#all.filter((held) => !isOne(held));
    const endpoints = new Set(this.#all.map(({ place }) => place.endpoint));
    for (const endpoint of this.#quickInARow.keys()) {
      if (!endpoints.has(endpoint)) this.#quickInARow.delete(endpoint);
    }
  }

  setSlowAside(): void {
    const { slowAfterMs, slow, slowPerWorkspace } = this.#limits;
    const active = this.#all.filter(({ state }) => state === 'active');
    for (const one of active.sort((a, b) => a.begun - b.begun)) {
      const isSlow = ({ state }: Held) => state === 'slow';
      const ofWorkspace = ({ state, place }: Held) =>
        state === 'slow' && place.workspaceId === one.place.workspaceId;
      if (one.startedAtMs > this.nowMs - slowAfterMs || this.#count(isSlow) >= slow) continue;
      if (this.#count(ofWorkspace) < slowPerWorkspace) one.state = 'slow';
    }
  }

  /** Of one endpoint, or of all. */
  withdraw(endpoint?: string): (number | null)[] {
    const waiting = this.#waiting(endpoint).filter(({ job }) => job !== null);
    this.#forget((held) => waiting.includes(held));
    return waiting.map(({ job }) => job);
  }

  /** What is held at each level, and what may be. */
  #levels() {
    const { heldPerWorkspace, heldPerOrigin, heldPerEndpoint, heldPerQuickEndpoint } = this.#limits;
    return {
      workspaceId: () => heldPerWorkspace,
      origin: () => heldPerOrigin,
      endpoint: (endpoint: string) => (this.#isQuick(endpoint) ? heldPerQuickEndpoint : heldPerEndpoint),
    };
  }
  #share(level: keyof Place, key: string, beside: readonly Place[] = []): number {
    const held = [...this.#all.map(({ place }) => place), ...beside].filter((place) => place[level] === key);
    return held.length / this.#levels()[level](key);
  }
  saturated() {
    const above = (level: keyof Place) =>
      [...new Set(this.#all.map(({ place }) => place[level]))].filter(
        (key) => this.#share(level, key) > 1 / 2,
      );
    return { workspaceIds: above('workspaceId'), origins: above('origin'), endpoints: above('endpoint') };
  }
  isAmple(place: Place): boolean {
    const levels = ['workspaceId', 'origin', 'endpoint'] as const;
    const isHalfFree = levels.every((level) => this.#share(level, place[level]) <= 1 / 2);
    return isHalfFree && this.#all.length <= this.#limits.held / 2;
  }
  admitted(places: readonly Place[]): boolean[] {
    const levels = ['workspaceId', 'origin', 'endpoint'] as const;
    const admitted: Place[] = [];
    return places.map((place) => {
      const hasRoom = levels.every((level) => this.#share(level, place[level], admitted) < 1);
      const isAdmitted = hasRoom && this.#all.length + admitted.length < this.#limits.held;
      if (isAdmitted) admitted.push(place);
      return isAdmitted;
    });
  }
}
