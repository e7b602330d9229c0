import { byKind, type Statements } from '../system/statements.ts';

/** What a subject has used so far, in all. */
export interface Costs {
  statements?: Statements;
  serverMs: number | undefined;
  databaseMs: number | undefined;
}

/** What each delivery has used. */
export interface CostsEach {
  statementsEach: Statements | undefined;
  /** CPU time in milliseconds: a busy machine changes it least. */
  serverCpuMs: number | undefined;
  databaseCpuMs: number | undefined;
}

/** Counts from the end of the warm-up to the end of what is measured. */
export interface Meter {
  begin(): Promise<void>;
  end(): Promise<void>;
}

/** @param read what has been used so far; undefined values stay undefined */
export function costMeter(read: () => Promise<Costs>): Meter & { each(deliveries: number): CostsEach } {
  let [before, after]: (Costs | undefined)[] = [];
  return {
    begin: async () => {
      before = await read();
    },
    end: async () => {
      after = await read();
    },
    each: (deliveries) => {
      const each = (from?: number, to?: number) =>
        from === undefined || to === undefined ? undefined : (to - from) / deliveries;
      const [from, to] = [before?.statements, after?.statements];
      return {
        statementsEach: from && to && byKind((kind) => (to[kind] - from[kind]) / deliveries),
        serverCpuMs: each(before?.serverMs, after?.serverMs),
        databaseCpuMs: each(before?.databaseMs, after?.databaseMs),
      };
    },
  };
}
