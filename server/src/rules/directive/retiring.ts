import { type Directive, type DirectiveName, isIgnored } from "../../catalog/catalog.ts";
import { holdsIn } from "../../facts/version.ts";
import type { LineRule } from "../../findings/rule.ts";
import { newNameFixes } from "./newName.ts";

/** Until then systemd silently accepts the other directives that 258 removed. */
const COMPLAINED_OF: ReadonlySet<string> = new Set<DirectiveName>([
  "BlockIODeviceWeight",
  "BlockIOReadBandwidth",
  "BlockIOWriteBandwidth",
  "CPUShares",
  "MemoryLimit",
  "StartupCPUShares",
]);

/** Whether systemd warned of a directive before it gave it up. */
export const isDeprecatedBefore = ({ name }: Directive): boolean => COMPLAINED_OF.has(name);

/** Since when it complains. */
const COMPLAINS = { since: 252 };

/** Follows config_parse_cpu_shares(), config_parse_memory_limit() and the routines of BlockIO*=, systemd 252 to 257. */
export const retiring: LineRule = {
  code: "directive/retiring",
  *line({ directive, node }, unit) {
    if (!directive?.until || !isDeprecatedBefore(directive) || isIgnored(directive, unit.version)) return;
    if (!holdsIn(COMPLAINS, unit.version)) return;
    const advice = directive.successor ? `; use ${directive.successor.name}= instead` : "";
    const message = `${node.key}= is deprecated and has no effect from systemd ${directive.until} on: systemd accepts it, but warns${advice}`;
    const fixes = newNameFixes(unit, directive, node.keySpan, [unit.version]);
    yield { ...node.keySpan, severity: "warning", message, directive: node.key, tag: "deprecated", fixes };
  },
};
