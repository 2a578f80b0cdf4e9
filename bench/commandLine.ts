import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import type { CorpusService } from "./corpus.ts";
import { median } from "./numbers.ts";

const ROUNDS = 3;

/** The wall time of `security` over all services of the corpus, divided by that of systemd-analyze on the same files. */
export function commandLine(services: readonly CorpusService[], batch: number, dist: string): string {
  const title = `security: ${services.length} services, at most ${batch} per call, ours / systemd-analyze`;
  if (spawnSync("systemd-analyze", ["--version"]).error) return `${title}: skipped, there is no systemd-analyze`;
  const batches = (["system", "user"] as const).flatMap((scope) => {
    const files = services.filter((it) => it.scope === scope).map((it) => it.path);
    const count = Math.ceil(files.length / batch);
    return Array.from({ length: count }, (_, i) => ({ scope, files: files.slice(i * batch, (i + 1) * batch) }));
  });
  const all = (program: string, args: (scope: CorpusService["scope"]) => readonly string[]): number => {
    const start = performance.now();
    for (const { scope, files } of batches) run(program, [...args(scope), ...files]);
    return performance.now() - start;
  };
  const rounds = Array.from({ length: ROUNDS }, () => ({
    ours: all(process.execPath, (scope) => [`${dist}/cli.js`, "security", `--${scope}`, "--format", "json"]),
    theirs: all("systemd-analyze", (scope) => [`--${scope}`, "security", "--offline=yes", "--no-pager"]),
  }));
  const shown = rounds.map(({ ours, theirs }) => `${(ours / 1000).toFixed(2)} s / ${(theirs / 1000).toFixed(2)} s`);
  const ratio = median(rounds.map(({ ours, theirs }) => ours / theirs));
  return `${title}\n  ${shown.join(", ")}: median ratio ${ratio.toFixed(2)}, target at most 1.0`;
}

/** Runs a program for its time alone; both end with another status than 0 where a service is exposed or refused. */
function run(program: string, args: readonly string[]): void {
  const { error, signal } = spawnSync(program, args, {
    stdio: "ignore",
    // A user manager wants a directory for its run-time files, even to read units alone.
    env: { XDG_RUNTIME_DIR: tmpdir(), ...process.env, SYSTEMD_UNIT_PATH: "", SYSTEMD_LOG_LEVEL: "err" },
  });
  if (error || signal) throw error ?? new Error(`${program} ended by ${signal}`);
}
