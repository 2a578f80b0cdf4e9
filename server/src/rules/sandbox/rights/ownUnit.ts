import { isOwn } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "../../../service/program.ts";
import { inForce, listLines } from "../../../service/settings.ts";
import { commandsIn } from "../../../service/shellLine.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { AssignedLine } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";
import type { Rule } from "../../rule.ts";
import { isSandboxed, SANDBOXING } from "./outside.ts";

/** Seen with 257: with ProtectSystem=strict and NoNewPrivileges=yes such a command writes to /usr, and --scope does not. */
export const ownUnit: Rule = {
  code: "sandbox/own-unit",
  title: "Command in a unit of its own",
  why: "The program systemd-run asks systemd to start its command as a unit of its own, which has none of the settings of this one: neither its user nor its sandbox nor NoNewPrivileges=. With --scope the command is a child of systemd-run and stays inside; with --property= the new unit gets settings.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/usr/bin/systemd-run /usr/bin/app\nProtectSystem=strict\n" },
  good: { text: "[Service]\nExecStart=/usr/bin/systemd-run --scope /usr/bin/app\nProtectSystem=full\n" },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/systemd-run /usr/bin/app\n" },
    { text: "[Service]\nExecStart=/usr/bin/systemd-run -p ProtectSystem=strict /usr/bin/app\nProtectSystem=strict\n" },
    { text: "[Service]\nExecStart=/usr/bin/echo systemd-run\nProtectSystem=strict\n" },
  ],
  needs: SANDBOXING,
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || !isSandboxed(subject.settings)) return;
    for (const directive of COMMAND_SETTINGS) {
      const places = placesIn(listLines(unit, directive));
      if (places.length === 0) continue;
      const lines = inForce(unit, directive);
      for (const { at, from, to } of places) {
        const line = lines[at];
        if (!line || !isOwn(unit, line)) continue;
        const message = `${directive}= runs systemd-run, which starts its command outside of this sandbox, in a unit of its own`;
        yield { ...sourceSpan(line.value, from, to), severity: "info", message, directive };
      }
    }
  },
};

const placesIn = memo((lines: readonly AssignedLine[]) =>
  lines.slice(0, MAX_COMMANDS).flatMap((line, at) => placesOn(line).map((it) => ({ at, ...it }))),
);

const placesOn = memo((line: AssignedLine): readonly { readonly from: number; readonly to: number }[] =>
  line.value.text.includes("systemd-run")
    ? commandLineOf(line)
        .commands.filter(({ prefixes }) => !prefixes.includes("+"))
        .flatMap((command) => commandsIn(command))
        .slice(0, MAX_COMMANDS)
        .flatMap(([program, ...args]) =>
          program && /(?:^|\/)systemd-run$/.test(program.value) && !args.some((it) => INSIDE.test(it.value))
            ? [{ from: program.from, to: program.to }]
            : [],
        )
    : [],
);

/** What keeps the command inside, gives it settings or asks another manager. */
const INSIDE = /^--(?:scope|property|user|host|machine)(?:=|$)|^-[a-oq-zA-GI-LN-Z]*[pHM]/;
