/** The value that a share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** How much processor time of this process some work takes, in milliseconds. */
export function timed(what: () => void): number {
  const start = process.cpuUsage();
  what();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
