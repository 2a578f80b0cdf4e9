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

const page = "systemd.service(5)";
const START = "[Service]\nType=oneshot\nExecStart=/usr/bin/fan on\n";
const STOP = "ExecStop=/usr/bin/fan off\n";
const BOOT = "[Install]\nWantedBy=multi-user.target\n";

/** Seen with 257: "started", "stopped", "Deactivated successfully", and then "Finished". */
const stopAtOnce: Rule = {
  code: "unit/stop-at-once",
  title: "ExecStop= that runs right after ExecStart=",
  why: "A service of Type=oneshot is active only as long as ExecStart= runs. Without RemainAfterExit=yes systemd stops it when the last command has ended, and runs ExecStop= at once: what ExecStart= did is undone, and nothing is left to do at shutdown. RemainAfterExit=yes keeps the service active until it is stopped. Reported where the service is started at boot, or where the same program does and undoes something.",
  page,
  bad: { text: START + STOP + BOOT },
  good: { text: `${START}RemainAfterExit=yes\n${STOP}${BOOT}` },
  silent: [
    { text: START.replace("oneshot", "exec") + STOP + BOOT },
    { text: `${START}ExecStopPost=/usr/bin/fan off\n${BOOT}` },
    { text: `${START}RemainAfterExit=no\n${STOP}${BOOT}` },
    { text: `${START}ExecStop=/bin/rm -f /run/fan.tmp\n` },
    {
      path: "fan.service",
      text: START.replace("fan on", "backup") + STOP.replace("fan off", "umount /backup"),
      otherFiles: { "fan.timer": "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n" },
    },
  ],
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
  title: "Init script whose daemon is killed",
  why: "The start command of an init script puts a daemon into the background and ends. Without Type=, or with Type=simple, exec or idle, systemd takes the script for the service: when it ends the service has ended, and systemd kills the daemon that is left. With Type=forking systemd waits for the script and keeps its daemon; PIDFile= tells it which process that is. systemd-sysv-generator made its units this way; it is gone since systemd 260.",
  page,
  bad: { text: "[Service]\nExecStart=/etc/init.d/app start\nExecStop=/etc/init.d/app stop\n" },
  good: { text: "[Service]\nType=forking\nExecStart=/etc/init.d/app start\nExecStop=/etc/init.d/app stop\n" },
  silent: [
    { text: "[Service]\nExecStart=/etc/init.d/app systemd-start\n" },
    { text: "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/etc/init.d/app start\n" },
    { text: "[Service]\nRemainAfterExit=yes\nExecStart=/etc/init.d/app start\n" },
    { text: "[Service]\nKillMode=process\nExecStart=/etc/init.d/app start\n" },
    { text: "[Service]\nExecStart=/usr/bin/app start\n" },
  ],
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
