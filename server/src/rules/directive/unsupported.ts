import type { DirectiveName } from "../../catalog/catalog.ts";
import type { UnitKind } from "../../facts/unitKinds.ts";
import { unitKindOf } from "../../families/checkedPath.ts";
import { removeLines } from "../../findings/edits.ts";
import type { LineRule } from "../../findings/rule.ts";

/** Why some kinds of units have no use for a directive that their section knows. */
interface Limits {
  readonly kinds: readonly UnitKind[];
  readonly why: string;
}

const DELEGATION: Limits = {
  kinds: ["socket", "mount", "swap", "slice"],
  why: "only services and scopes can delegate",
};
const OOM: Limits = {
  kinds: ["socket", "mount", "swap"],
  why: "systemd-oomd watches only services, slices and scopes",
};

/** Follows `can_delegate` and `can_set_managed_oom` of UNIT_VTABLE, systemd 257 to 262. */
const LIMITS: Partial<Record<DirectiveName, Limits>> = {
  Delegate: DELEGATION,
  DelegateSubgroup: DELEGATION,
  ManagedOOMSwap: OOM,
  ManagedOOMMemoryPressure: OOM,
  ManagedOOMMemoryPressureLimit: OOM,
  ManagedOOMMemoryPressureDurationSec: OOM,
  ManagedOOMMemoryPressureLimitPercent: OOM,
  OOMRules: OOM,
};

/** The parsers of these directives ask for the kind of the unit before they look at the value. */
export const unsupported: LineRule = {
  code: "directive/unsupported",
  *line({ directive, node }, unit) {
    if (!directive) return;
    const kind = unitKindOf(unit.path);
    const limits = LIMITS[directive.name];
    if (!limits?.kinds.includes(kind)) return;
    yield {
      ...node.keySpan,
      severity: "error",
      message: `${node.key}= has no effect in a .${kind} unit, as ${limits.why}: systemd ignores this line`,
      directive: node.key,
      tag: "unnecessary",
      fixes: [{ title: "Remove the line", safe: true, edits: () => [removeLines(unit.file, node)] }],
    };
  },
};
