import type { Fix } from "../../findings/finding.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { ownLast } from "../../service/linePlaces.ts";
import { textOf } from "../../service/settings.ts";
import { fragmentOf, referencesTo } from "../../units/index/lookup.ts";
import { parseUnitName } from "../../values/unitName.ts";

/** Seen with 257: the job runs again each second, until it was started too often. */
const restartsAnyway: Rule = {
  code: "reference/timer-restart",
  needs: ["Restart"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "service" || role !== "unit" || name === undefined) return;
    const node = ownLast(unit, "Restart");
    if (!node || !/^(?:always|on-success)$/.test(node.text) || textOf(unit, "Type") === "oneshot") return;
    const timer = timerOf(context, name);
    if (timer === undefined) return;
    yield {
      ...node.valueSpan,
      severity: "info",
      message: `Restart=${node.text} starts the service again as soon as it has ended: it runs the whole time, not only when ${timer} elapses`,
      directive: "Restart",
      fixes: [change("on-failure", node.valueSpan)],
    };
  },
};

const change = (newText: string, span: { readonly start: number; readonly end: number }): Fix => ({
  title: `Change to Restart=${newText}`,
  safe: false,
  edits: () => [{ ...span, newText }],
});

const REPEATING = ["OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec"] as const;

/** The timer that starts a service again and again. */
function timerOf({ index, path }: UnitContext, service: string): string | undefined {
  const stem = parseUnitName(service)?.stem;
  const others = referencesTo(index, service, path).filter(
    (it) => it.directive === "Unit" && it.from.endsWith(".timer"),
  );
  const own = fragmentOf(index, `${stem}.timer`, path);
  const isOwn = own && !own.mentions.some((it) => it.directive === "Unit");
  return [...(isOwn ? [`${stem}.timer`] : []), ...others.map((it) => it.from)].find((it) => {
    const settings = fragmentOf(index, it, path)?.settings;
    return settings && REPEATING.some((name) => settings[name]);
  });
}

/** What services of timers do next to them. */
export const TIMER_SERVICE_RULES: readonly Rule[] = alsoInDropIns([restartsAnyway]);
