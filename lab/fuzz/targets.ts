import type { FuzzTarget } from "./target.ts";
import { cli } from "./targets/cli.ts";
import { daemons } from "./targets/daemons.ts";
import { edits } from "./targets/edits.ts";
import { fixes } from "./targets/fixes.ts";
import { format } from "./targets/format.ts";
import { harden } from "./targets/harden.ts";
import { hosts } from "./targets/hosts.ts";
import { markdown } from "./targets/markdown.ts";
import { programs } from "./targets/programs.ts";
import { protocol } from "./targets/protocol.ts";
import { quadlets } from "./targets/quadlets.ts";
import { requests } from "./targets/requests.ts";
import { source } from "./targets/source.ts";
import { workspace } from "./targets/workspace.ts";

/** All that is fuzzed. */
export const TARGETS: readonly FuzzTarget[] = [
  requests,
  edits,
  protocol,
  markdown,
  workspace,
  cli,
  format,
  harden,
  fixes,
  hosts,
  quadlets,
  programs,
  daemons,
  source,
];

/** The target of a name; throws where there is none. */
export function targetOf(name: string): FuzzTarget {
  const found = TARGETS.find((it) => it.name === name);
  if (!found) throw new Error(`unknown target "${name}"; there are ${TARGETS.map((it) => it.name).join(", ")}`);
  return found;
}
