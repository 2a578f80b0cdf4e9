import { type Policy, parsePolicy } from "../security/policy.ts";
import type { Host } from "./host.ts";
import { namedFile } from "./namedFile.ts";
import { UsageError } from "./option.ts";

/** The policy, and what has no effect in it. */
export interface ReadPolicy {
  readonly policy: Policy | undefined;
  readonly ignored: readonly string[];
}

/** Where no file of a policy is named. */
export const NO_POLICY: ReadPolicy = { policy: undefined, ignored: [] };

/** The policy of a file that an option names; throws UsageError for what is none. */
export function readPolicy(host: Host, path: string): ReadPolicy {
  const read = parsePolicy(namedFile(host, path));
  if (read.kind === "error") throw new UsageError(`${path}: ${read.message}`);
  return { policy: read.policy, ignored: read.ignored.map((it) => `${path}: ${it}`) };
}
