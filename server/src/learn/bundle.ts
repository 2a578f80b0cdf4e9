/**
 * What `learn` collected on the machine of a service, from which settings are derived anywhere: a tar archive, gzip or not, of
 * `UNIT/`:
 *
 * - `bundle.json`: a `BundleHead`;
 * - `unit.txt`: the output of `systemctl cat UNIT`;
 * - `ExecStart-1.strace`, `ExecReload-1.strace` …: one log for each command;
 * - `stat.tsv`: a line for each path seen: mode (octal), uid, gid, `security.capability` or `-`, path, real path; tab-separated,
 *   tabs, newlines and backslashes of paths as `\t`, `\n`, `\\`;
 * - `configured.tsv`: a line for each account, mode or root directory that a file of configuration names: what it is for (as
 *   `user`), the name, the file; missing where nobody looked, or where `needs.json` has it;
 * - `learnt.json`, `needs.json`: what was learnt on that machine, with its proofs; missing where nothing was derived there.
 */
export interface BundleHead {
  readonly version: 1;
  readonly unit: string;
  readonly systemd: string;
  readonly strace: string;
  readonly kernel: string;
  /** As `x86_64`. */
  readonly architecture: string;
  /** `user:uid:gid`, of those that the unit or the logs name. */
  readonly users: readonly string[];
  /** `group:gid:user,user`, of the groups of those users and those that paths belong to. */
  readonly groups?: readonly string[];
  /** The commands that exercised the service. */
  readonly exercised: readonly string[];
  /** Whether it was seen, while the service ran and at its end, that the logs have all that it did. */
  readonly checked?: boolean;
  /** Of a proof: the lines that the service ran under, and what went wrong without a call that shows it, one sentence each. */
  readonly under?: readonly string[];
  readonly problems?: readonly string[];
}

/** Status of a path before the service stopped. */
export interface PathStatus {
  /** Type and permissions, as `st_mode`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whether the file has capabilities of its own. */
  readonly capabilities: boolean;
  /** Where links lead; the path itself where there are none. */
  readonly real: string;
}
