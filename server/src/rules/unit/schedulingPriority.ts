import { holdsIn } from "../../facts/version.ts";
import type { Rule } from "../../findings/rule.ts";
import { assignmentsOf, sectionsFor } from "../../units/unit.ts";
import { memberOf } from "../../values/enumeration.ts";
import { ENUMERATIONS } from "../../values/enumerations.ts";
import { parseUnsigned } from "../../values/number.ts";

/** Until when a priority has to fit the policy that stands above it. */
const IN_ORDER = { until: 252 };

/** The policies with priorities. */
const REALTIME: readonly string[] = ["fifo", "rr"];

/** Follows config_parse_exec_cpu_sched_prio(), systemd 239 to 251; later ones only look at the number. */
export const schedulingPriority: Rule = {
  code: "unit/scheduling-priority",
  needs: ["CPUSchedulingPriority"],
  *check(unit) {
    const [, section] = sectionsFor(unit);
    if (!section || !holdsIn(IN_ORDER, unit.version)) return;
    const policies = assignmentsOf(unit, section, "CPUSchedulingPolicy");
    for (const node of assignmentsOf(unit, section, "CPUSchedulingPriority")) {
      const number = parseUnsigned(node.text);
      if (number === undefined || number > 99) continue;
      const policy =
        policies.findLast((it) => it.start < node.start && isPolicy(it.text, unit.version))?.text ?? "other";
      const realtime = REALTIME.includes(memberOf(ENUMERATIONS.execCpuSchedPolicy, policy, unit.version)?.value ?? "");
      if (realtime === number > 0) continue;
      const message = realtime
        ? `CPUSchedulingPriority=${node.text} is too low for CPUSchedulingPolicy=${policy}: systemd ignores this line`
        : `CPUSchedulingPriority=${node.text} comes before CPUSchedulingPolicy=fifo or rr: systemd ignores this line`;
      yield { ...node.valueSpan, severity: "error", message, directive: node.key };
    }
  },
};

const isPolicy = (text: string, version: number): boolean =>
  text === "" || memberOf(ENUMERATIONS.execCpuSchedPolicy, text, version) !== undefined;
