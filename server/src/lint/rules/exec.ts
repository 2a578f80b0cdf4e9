import { sourceSpan } from "../../syntax/cooked.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { commandLineOf, isSoundLine } from "../../units/commands.ts";
import type { Unit } from "../../units/unit.ts";
import { commandProblem } from "../../values/command.ts";
import type { Found, Rule } from "../rule.ts";
import { settings } from "../walk.ts";

/** Follows config_parse_exec(), systemd 262: a command line is refused with the unit, unless its prefix is `-`. */
export const exec: Rule = {
  code: "value/command",
  title: "Command line that systemd cannot read",
  why: "The program must be a plain name or an absolute path, and quotes must be closed; otherwise systemd refuses the unit, or, for a command with the prefix `-`, drops the line.",
  page: "systemd.service(5)",
  bad: { text: "[Service]\nExecStart=bin/server --fast\n" },
  good: { text: "[Service]\nExecStart=/usr/bin/server --fast\n" },
  *check(unit) {
    for (const { directive, node } of settings(unit)) {
      if (directive.type !== "exec" || node.value.text === "") continue;
      yield* lineProblems(unit, node);
    }
  },
};

function* lineProblems(unit: Unit, node: Assignment): Iterable<Found> {
  if (isSoundLine(node.value.text)) return;
  const found = (from: number, to: number, refused: boolean, what: string): Found => ({
    ...sourceSpan(node.value, from, to),
    severity: "error",
    message: `${what}: systemd ${refused ? "refuses the unit" : "drops the line"}`,
    directive: node.key,
    ...(refused ? { stopsReading: true as const } : {}),
  });
  const { commands, error, broken } = commandLineOf(node.value.text);
  for (const command of broken ? [...commands, broken] : commands) {
    const { from, prefixes, path, args } = command;
    const problem = commandProblem(command, unit.version);
    if (problem) {
      yield found(problem.word.from, problem.word.to, !prefixes.includes("-"), problem.what);
      return;
    }
    if (unit.version >= 258 && prefixes.split("!").length > 2) {
      const message = "The prefix !! has no effect since systemd 258";
      const plain = node.value.text.startsWith(prefixes, from);
      const span = sourceSpan(node.value, from, plain ? path.from : path.to);
      const edits = () => [{ ...span, newText: prefixes.replaceAll("!", "") }];
      yield {
        ...span,
        severity: "warning",
        message,
        directive: node.key,
        fixes: plain ? [{ title: "Remove !!", safe: true, edits }] : [],
      };
    }
    for (const word of [path, ...args]) {
      for (const at of word.unknownEscapes) {
        const written = [...node.value.text.slice(at, at + 3)].slice(0, 2).join("");
        const span = sourceSpan(node.value, at, at + written.length);
        const message = `${written} is no escape sequence: systemd keeps the backslash and complains`;
        const edits = () => [{ ...span, newText: `\\${written}` }];
        yield {
          ...span,
          severity: "warning",
          message,
          directive: node.key,
          fixes: [{ title: `Write \\${written}`, safe: true, edits }],
        };
      }
    }
  }
  if (!error) return;
  const refused = broken !== undefined && !broken.prefixes.includes("-");
  yield found(error.from, error.to, refused, "The quote is not closed");
}
