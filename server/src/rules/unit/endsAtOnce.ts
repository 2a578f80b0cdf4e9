import { insertAfter } from "../../findings/edits.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import { startType } from "../../security/refusals/verifyService.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { type Program, programsOf } from "../../service/program.ts";
import { setting } from "../../service/settings.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { fragmentOf } from "../../units/index/lookup.ts";
import { mergedAssignments, ownFile, type Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { endlessOneshot } from "./endlessOneshot.ts";

/** Seen with 257: "started", "stopped", "Deactivated successfully", and then "Finished". */
const stopAtOnce: Rule = {
  code: "unit/stop-at-once",
  needs: ["ExecStop"],
  *check(unit, context) {
    if (!isService(unit) || setting(unit, "RemainAfterExit") || startType(effective(unit).settings) !== "oneshot")
      return;
    const [starts, stops] = [runBy(unit, "ExecStart"), runBy(unit, "ExecStop")];
    if (starts.length === 0 || stops.length === 0 || effective(unit).refusal) return;
    if (!undoes(starts, stops) && !startsAtBoot(unit, context)) return;
    const [node] = ownLines(unit, "ExecStop");
    if (!node) return;
    const added = "RemainAfterExit=yes";
    yield {
      ...node.keySpan,
      severity: "info",
      message: `ExecStop= runs as soon as ExecStart= has ended: with Type=oneshot the service does not stay active without ${added}`,
      directive: "ExecStop",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), node, [added])] }],
    };
  },
};

/** Seen with 257: the service is inactive, and the daemon gone. */
const scriptThatForks: Rule = {
  code: "unit/init-script",
  *check(unit) {
    if (!isService(unit) || !mergedAssignments(unit, "Service", "ExecStart").some(mayBeScript)) return;
    const [start] = runBy(unit, "ExecStart");
    if (!start || !SCRIPT.test(start.path) || start.args.join(" ") !== "start") return;
    const { settings, refusal } = effective(unit);
    const used = startType(settings);
    if (refusal || !ONE_PROCESS.includes(used) || setting(unit, "RemainAfterExit")?.value === "yes") return;
    const killMode = setting(unit, "KillMode")?.value;
    if (killMode === "process" || killMode === "none") return;
    const [node] = ownLines(unit, "ExecStart");
    if (!node) return;
    const type = lastOf(unit, ["Type"]);
    const wanted = "Type=forking";
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `ExecStart= starts an init script, which ends once its daemon runs: with Type=${used} systemd then kills the daemon; use ${wanted}`,
      directive: "ExecStart",
      fixes: [
        {
          title: type ? `Change to ${wanted}` : `Add ${wanted}`,
          safe: false,
          edits: () =>
            type ? [{ ...type.valueSpan, newText: "forking" }] : [insertAfter(ownFile(unit), node, [wanted])],
        },
      ],
    };
  },
};

/** Of most services this is all that there is to see. */
const mayBeScript = ({ text }: Assignment): boolean => text.includes("init.d") || text.includes("\\");
const SCRIPT = /^\/etc\/(?:rc\.d\/)?init\.d\/[^/]+$/;
const ONE_PROCESS: readonly string[] = ["simple", "exec", "idle"];

/** Services that end, or are stopped, sooner than they are meant to. */
export const ENDING_RULES: readonly Rule[] = alsoInDropIns([stopAtOnce, scriptThatForks, endlessOneshot]);

const isService = ({ path }: Unit): boolean => path.role === "unit" && path.kind === "service";

const runBy = (unit: Unit, name: "ExecStart" | "ExecStop"): readonly Program[] =>
  programsOf(unit).filter((it) => it.setting === name);

/** Programs that anything is done with, so that two commands of them need not belong together. */
const COMMON =
  /(?:^|\/)(?:env|\w*sh|test|\[|echo|true|rm|cp|mv|ln|mkdir|chmod|chown|touch|systemctl|kill|perl\S*|python\S*|ip|curl|logger)$/;

/** Whether the same program does something and undoes it. */
const undoes = (starts: readonly Program[], stops: readonly Program[]): boolean =>
  stops.some((stop) => !COMMON.test(stop.path) && starts.some(({ path }) => path === stop.path));

/** Whether a target starts the service by itself, and nothing does again and again. */
function startsAtBoot(unit: Unit, context: UnitContext | undefined): boolean {
  const wanted = (["WantedBy", "RequiredBy"] as const).flatMap((it) => mergedAssignments(unit, "Install", it));
  if (!wanted.some(({ text }) => text.includes(".target"))) return false;
  const stem = parseUnitName(unit.path.name ?? "")?.stem;
  return !context || !["timer", "path"].some((it) => fragmentOf(context.index, `${stem}.${it}`, context.path));
}
