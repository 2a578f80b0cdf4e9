import { insertAfter } from "../../findings/edits.ts";
import type { Rule } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import { startType } from "../../security/refusals/verifyService.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { textOf } from "../../service/settings.ts";
import { baseNameOf } from "../../service/userCommands.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { memo } from "../../units/memo.ts";
import { ownFile } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";

/** Seen with 257: "start-pre operation timed out", and the service stays failed. */
export const endlessWait: Rule = {
  code: "unit/endless-wait",
  needs: ["ExecStartPre"],
  *check(unit) {
    if (unit.path.kind !== "service" || unit.path.role !== "unit") return;
    if ((["TimeoutStartSec", "TimeoutSec"] as const).some((it) => textOf(unit, it) !== undefined)) return;
    if (!/^(?:no)?$/.test(textOf(unit, "Restart") ?? "") || startType(effective(unit).settings) === "oneshot") return;
    const node = ownLines(unit, "ExecStartPre").find((it) => waitsOn(it.line));
    if (!node) return;
    yield {
      ...node.valueSpan,
      severity: "info",
      message:
        "ExecStartPre= waits in a loop: after 90 s, the default of TimeoutStartSec=, the start times out, and without Restart= it is not tried again",
      directive: "ExecStartPre",
      fixes: ["Restart=on-failure", "TimeoutStartSec=infinity"].map((added) => ({
        title: `Add ${added}`,
        safe: false,
        edits: () => [insertAfter(ownFile(unit), ownLines(unit, "ExecStart").at(-1) ?? node, [added])],
      })),
    };
  },
};

const waitsOn = memo((line: AssignedLine): boolean =>
  commandLineOf(line).commands.some(({ prefixes, path, args: [option, text] }) => {
    const isShell = /^(?:ba|da|z|k)?sh$/.test(baseNameOf(path.value)) && /^-\w*c$/.test(option?.value ?? "");
    return isShell && !prefixes.includes("-") && isEndlessLoop(text?.value ?? "");
  }),
);

/** Whether a line of a shell is a loop that only its condition ends. */
const isEndlessLoop = (text: string): boolean =>
  text.length < MAX_LINE && LOOPS.every((it) => it.test(text)) && /\bsleep\b/.test(text) && !COUNTS.test(text);

const MAX_LINE = 2000;
const LOOPS = [/(?:^|[\s;&])(?:until|while)\s/, /\bdo\s/, /\bdone\b/];
/** What may end it in time. */
const COUNTS = /\b(?:break|exit|return|timeout|seq|expr|let|SECONDS|read)\b|\$\(\(|\(\(|-(?:lt|gt|le|ge)\b|&\s*$/;
