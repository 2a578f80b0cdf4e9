import { spawnSync } from "node:child_process";
import { median } from "./numbers.ts";

const ROUNDS = 3;

/** The wall time of `security` over all services of the corpus, divided by that of systemd-analyze on the same files. */
export function commandLine(files: readonly string[], batch: number, dist: string): string {
  const title = `security: ${files.length} services, ${batch} per call, ours / systemd-analyze`;
  const analyze = ["security", "--offline=yes", "--no-pager"];
  if (spawnSync("systemd-analyze", ["--version"]).error) return `${title}: skipped, there is no systemd-analyze`;
  const batches = Array.from({ length: Math.ceil(files.length / batch) }, (_, i) =>
    files.slice(i * batch, (i + 1) * batch),
  );
  const all = (program: string, args: readonly string[]): number => {
    const start = performance.now();
    for (const some of batches) run(program, [...args, ...some]);
    return performance.now() - start;
  };
  const rounds = Array.from({ length: ROUNDS }, () => {
    const ours = all(process.execPath, [`${dist}/cli.js`, "security", "--format", "json"]);
    return { ours, theirs: all("systemd-analyze", analyze) };
  });
  const shown = rounds.map(({ ours, theirs }) => `${(ours / 1000).toFixed(2)} s / ${(theirs / 1000).toFixed(2)} s`);
  const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
  return `${title}\n  ${shown.join(", ")}: median ratio ${ratio.toFixed(2)}, target at most 1.0`;
}

/** Runs a program for its time alone; both end with another status than 0 where a service is exposed or refused. */
function run(program: string, args: readonly string[]): void {
  const { error, signal } = spawnSync(program, args, {
    stdio: "ignore",
    env: { ...process.env, SYSTEMD_UNIT_PATH: "", SYSTEMD_LOG_LEVEL: "err" },
  });
  if (error || signal) throw error ?? new Error(`${program} ended by ${signal}`);
}
