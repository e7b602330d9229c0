import { readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second, whatever its clock ticks at. */
const TICK_MS = 10;

/** The CPU time that processes have used so far, in milliseconds; undefined where the system has no `/proc`. */
export async function cpuTimeMs(...pids: readonly number[]): Promise<number | undefined> {
  const times = await Promise.all(pids.map(timeOf));
  return times.reduce((sum, ms) => (sum === undefined || ms === undefined ? undefined : sum + ms), 0);
}

async function timeOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in brackets may hold anything; the fields after it are counted from 3 (proc(5)).
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  const [userTicks, systemTicks] = [fields[14 - 3], fields[15 - 3]];
  return (Number(userTicks) + Number(systemTicks)) * TICK_MS;
}
