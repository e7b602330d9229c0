import type { mongo } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { NotCommittedYetError } from './errors.ts';

/** Options of a read; none where there is one server alone, which takes nothing back. */
export interface CommittedOptions {
  readConcern?: { level: 'majority' };
}

/**
 * Reads what a majority of the members has, which no rollback takes back: whatever leaves the system, or is acknowledged
 * because it is stored already, is read like this. Everything that was acknowledged before is in it, also right after
 * another member has become the primary.
 *
 * @param ask is given the options to read with; may be called again where the primary changes meanwhile
 * @throws NotCommittedYetError where the primary is new and has no majority yet
 */
export type CommittedRead = <Answer>(ask: (options: CommittedOptions) => Promise<Answer>) => Promise<Answer>;

/** What the primary answered, and which primary that was: a number that no other one has had in this process. */
interface FromPrimary<Answer> {
  readonly answer: Answer;
  readonly term: number;
}

export interface CommittedReads {
  readonly read: CommittedRead;
  /**
   * Reads what the primary has, whether a majority has it or not. Everything that was acknowledged before is in it.
   *
   * @param ask may be called again where the primary changes meanwhile
   */
  fromPrimary<Answer>(ask: () => Promise<Answer>): Promise<FromPrimary<Answer>>;
  /** Whether one server is all there is, so that what it has is what a majority has. */
  isAlone(): boolean;
  /** Says what kind of server was connected to. */
  begin(isStandalone: boolean): void;
  /** Notes which member is the primary now. */
  noteTopology(description: Pick<mongo.TopologyDescription, 'servers'>): void;
}

const LOOK_EVERY_MS = 20;
/** How long a read waits for a new primary's first commit, in milliseconds: as long as for a primary. */
const PATIENCE_MS = 1_500;
const committed: CommittedOptions = { readConcern: { level: 'majority' } };

/** @param hello asks the primary how it is */
export function createCommittedReads(hello: () => Promise<mongo.BSON.Document>): CommittedReads {
  let isStandalone = false;
  let primary: string | undefined;
  /** Counts primaries, and the times without one. A server that is alone and started again is another one, too. */
  let term = 0;
  let catchingUp: Promise<void> | undefined;

  const catchUp = async () => {
    const untilMs = performance.now() + PATIENCE_MS;
    while (!hasCommittedItsOwn(await hello())) {
      if (performance.now() >= untilMs) throw new NotCommittedYetError();
      await pause(LOOK_EVERY_MS);
    }
  };
  /** Asked once for each primary. */
  const untilCaughtUp = (): Promise<void> => {
    if (catchingUp) return catchingUp;
    const begun = catchUp();
    catchingUp = begun;
    begun.catch(() => {
      if (catchingUp === begun) catchingUp = undefined;
    });
    return begun;
  };

  return {
    async read(ask) {
      if (isStandalone) return ask({});
      for (;;) {
        const asked = term;
        await untilCaughtUp();
        const answer = await ask(committed);
        // The driver knows a new primary before it asks it anything.
        if (asked === term) return answer;
      }
    },
    async fromPrimary(ask) {
      for (;;) {
        const asked = term;
        const answer = await ask();
        if (asked === term) return { answer, term };
      }
    },
    isAlone: () => isStandalone,
    begin(isAlone) {
      isStandalone = isAlone;
      term++;
      catchingUp = undefined;
    },
    noteTopology({ servers }) {
      const found = [...servers.values()].find(({ type }) => type === 'RSPrimary' || type === 'Standalone');
      const process = found?.topologyVersion?.processId.toHexString();
      const name = found && `${found.address} ${found.electionId?.toHexString()} ${process}`;
      if (name === primary) return;
      primary = name;
      term++;
      catchingUp = undefined;
    },
  };
}

/**
 * Whether a primary has committed something in its own term. Until then its view of what the majority has may be older than
 * what the primary before it has acknowledged. A cluster's router says nothing of this: each shard's primary sees to it.
 */
function hasCommittedItsOwn({ isWritablePrimary, lastWrite }: mongo.BSON.Document): boolean {
  // As the server documents `hello`.
  const { opTime, majorityOpTime } = (lastWrite ?? {}) as Record<string, { t: unknown } | undefined>;
  if (!opTime || !majorityOpTime) return true;
  return isWritablePrimary === true && Number(majorityOpTime.t) === Number(opTime.t);
}
