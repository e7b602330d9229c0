import { randomNumbers } from '../faults/random.ts';
import { costs, furtherAttempt, sizes } from './measured.ts';

/** What is not measured but taken to be so; each is to be replaced by what an operator sees. */
export const assumptions = {
  /** Attempts for each delivery: one in ten is tried again. */
  attempts: 1.1,
  /** The load over a day, as a share of the busiest second that nodes are there for. */
  averageOfPeak: 0.25,
  retentionDays: 90,
  /** What one replica set is given, data and indexes, so that it can be copied and restored within hours. */
  shardTb: 4,
  /** A primary's cores, and how busy they may be. */
  shardCores: 16,
  shardUtilisation: 0.6,
  workspacesPerNode: 100,
  /**
   * How often each node looks for work that nobody told it of while there is some, and how many questions that is: deliveries and
   * outboxes, and outboxes of a version without leases. While nothing waits it is one question in thirty seconds.
   */
  searchEverySeconds: 1,
  questionsOfSearch: 3,
  /** The same for what retention is over: one question for each collection that ends by itself. */
  retentionEverySeconds: 600,
  questionsOfRetention: 6,
  /** The n-th largest workspace has 1/n of the largest one's events. */
  zipf: 1,
};

export interface Plan {
  nodes: number;
  peakPerSecond: number;
  documentsPerDay: number;
  /** Of deliveries and attempts, at the end of retention. */
  dataBytes: number;
  indexBytes: number;
  /** Replica sets, for the database's CPU and for what is stored. */
  shardsForCpu: number;
  shardsForStorage: number;
  /** Statements, and bytes of journal, that a primary writes in the busiest second. */
  statementsPerSecondEach: number;
  journalBytesPerSecondEach: number;
  /** The busiest replica set's load over the average one's, with each workspace in one of them. */
  hottest: number;
  search: SearchCost;
}

/** What it costs to find work that is not asked for by workspace. */
interface SearchCost {
  /** Questions that each replica set answers in a second, where each node asks its own cell only. */
  perSecondInCells: number;
  /** The same where all are shards of one cluster: every node's question goes to each. */
  perSecondInCluster: number;
  /** The share of a shard's CPU that this takes. */
  shareInCluster: number;
}

const DAY_SECONDS = 86_400;
const TB = 1e12;
/** A candidate starts and submits. */
const DELIVERIES_PER_RESPONSE = 2;

/** What so many nodes, each as busy as it was measured, need of the database. */
export function plan(nodes: number, seed: number): Plan {
  const { attempts, averageOfPeak, retentionDays, shardTb, shardCores, shardUtilisation } = assumptions;
  const peakPerSecond = nodes * costs.perSecond;
  const deliveriesPerDay = peakPerSecond * averageOfPeak * DAY_SECONDS;
  const kept = deliveriesPerDay * retentionDays;
  const further = attempts - 1;
  const dataBytes = kept * (sizes.deliveries.documentBytes + further * furtherAttempt.documentBytes);
  const indexBytes = kept * (sizes.deliveries.indexBytes + further * furtherAttempt.indexBytes);
  const coreMsPerSecond = shardCores * 1000 * shardUtilisation;
  const shardsForCpu = Math.ceil((peakPerSecond * costs.databaseCpuMs) / coreMsPerSecond);
  const shardsForStorage = Math.ceil((dataBytes + indexBytes) / (shardTb * TB));
  const shards = Math.max(shardsForCpu, shardsForStorage);
  return {
    nodes,
    peakPerSecond,
    documentsPerDay: deliveriesPerDay * (1 + further + 1 / DELIVERIES_PER_RESPONSE),
    dataBytes,
    indexBytes,
    shardsForCpu,
    shardsForStorage,
    statementsPerSecondEach: (peakPerSecond * costs.statements) / shards,
    journalBytesPerSecondEach: (peakPerSecond * sizes.journalBytes) / shards,
    hottest: hottest(nodes * assumptions.workspacesPerNode, shards, seed),
    search: searchCost(nodes, shards),
  };
}

function searchCost(nodes: number, shards: number): SearchCost {
  const { searchEverySeconds, questionsOfSearch, retentionEverySeconds, questionsOfRetention } = assumptions;
  const perSecond = questionsOfSearch / searchEverySeconds + questionsOfRetention / retentionEverySeconds;
  const perSecondInCluster = nodes * perSecond;
  return {
    perSecondInCells: perSecondInCluster / shards,
    perSecondInCluster,
    shareInCluster: (perSecondInCluster * costs.searchCpuMs) / (assumptions.shardCores * 1000),
  };
}

/** Gives each workspace to a replica set by chance, as a hash does. */
function hottest(workspaces: number, shards: number, seed: number): number {
  const random = randomNumbers(seed);
  const loads = Array.from({ length: shards }, () => 0);
  let total = 0;
  for (let rank = 1; rank <= workspaces; rank++) {
    const load = rank ** -assumptions.zipf;
    const shard = Math.floor(random() * shards);
    loads[shard] = (loads[shard] ?? 0) + load;
    total += load;
  }
  return Math.max(...loads) / (total / shards);
}
