import { originOf, workspaceOf } from '@interview-webhooks/domain';

/** Where a job belongs: what is bounded, and served in turn. */
export interface Place {
  workspaceId: string;
  /** The workspace's endpoints on one host. */
  origin: string;
  endpoint: string;
}

/** The place of an endpoint, whatever version of this system named it. */
export function placeAt(endpoint: string): Place {
  return { workspaceId: workspaceOf(endpoint), origin: originOf(endpoint), endpoint };
}

export interface StockLimits {
  /** Jobs waiting here for their turn, under way, or being recorded; for more than half of it, no more are fetched. */
  held: number;
  heldPerWorkspace: number;
  heldPerOrigin: number;
  heldPerEndpoint: number;
}

/** What nothing more is to be fetched for. */
export interface Crowded {
  workspaceIds: readonly string[];
  origins: readonly string[];
  endpoints: readonly string[];
}

/** Counts by workspace, origin and endpoint, and in all. */
function createCounts() {
  let all = 0;
  const counts = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()] as const;
  const of = ({ workspaceId, origin, endpoint }: Place) => [workspaceId, origin, endpoint] as const;
  return {
    counts,
    all: () => all,
    add(place: Place, count: number): void {
      all += count;
      of(place).forEach((key, level) => {
        const sum = (counts[level]?.get(key) ?? 0) + count;
        if (sum === 0) counts[level]?.delete(key);
        else counts[level]?.set(key, sum);
      });
    },
    at: (place: Place) => of(place).map((key, level) => counts[level]?.get(key) ?? 0),
  };
}

/** How much a worker holds, and for what it may fetch more. */
export function createStock(limits: StockLimits) {
  const held = createCounts();
  const { heldPerWorkspace, heldPerOrigin, heldPerEndpoint } = limits;
  const levels = [heldPerWorkspace, heldPerOrigin, heldPerEndpoint];
  const isMoreThanHalf = (count: number, level: number) => count > (levels[level] ?? 0) / 2;
  const crowdedAt = (level: 0 | 1 | 2) =>
    [...held.counts[level]].filter(([, count]) => isMoreThanHalf(count, level)).map(([key]) => key);

  return {
    hold: (place: Place, count = 1): void => {
      held.add(place, count);
    },
    letGo: (place: Place, count = 1): void => {
      held.add(place, -count);
    },
    isEmpty: () => held.all() === 0,
    /** Whether anything is held at one of the three levels of a place. */
    holds(place: Place): { workspace: boolean; origin: boolean; endpoint: boolean } {
      const [workspace = 0, origin = 0, endpoint = 0] = held.at(place);
      return { workspace: workspace > 0, origin: origin > 0, endpoint: endpoint > 0 };
    },
    /** How many more may be fetched. */
    room: () => Math.max(0, limits.held - held.all()),
    /** Whether there is so much room that fetching is worth while. */
    isRoomy: (place: Place): boolean => held.all() <= limits.held / 2 && !held.at(place).some(isMoreThanHalf),
    /** For fetching several: counts what it lets through on top of what is held. */
    chooser: (): ((place: Place) => boolean) => {
      const chosen = createCounts();
      return (place) => {
        const beside = chosen.at(place);
        const isFull =
          held.all() + chosen.all() >= limits.held ||
          held.at(place).some((count, level) => count + (beside[level] ?? 0) >= (levels[level] ?? 0));
        if (isFull) return false;
        chosen.add(place, 1);
        return true;
      };
    },
    crowded: (): Crowded => ({ workspaceIds: crowdedAt(0), origins: crowdedAt(1), endpoints: crowdedAt(2) }),
  };
}
