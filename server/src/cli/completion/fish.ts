import type { CommandFacts } from "../command.ts";
import type { CommandOption, Suggestions } from "../option.ts";
import { UNIT_FOLDERS, unitEndings } from "./installedUnits.ts";

/** A script that completes the commands in fish. */
export function fishCompletion(commands: readonly CommandFacts[]): string {
  const named = [...commands, { name: "help", summary: "prints how the commands are called" }];
  return `# Completes unit-warden in fish.
function __unit_warden_command
    set -l typed (commandline -poc)
    test (count $typed) -gt 1; and contains -- $typed[2] $argv
end
function __unit_warden_list
    set -l typed (commandline -ct | string replace -r -- '^--[^=]*=' '' | string replace -rf '(.*,)[^,]*$' '$1')
    printf '%s\\n' "$typed"$argv
end
function __unit_warden_units
    set -l typed (commandline -ct)
    test -n "$typed"; and not string match -q '*/*' -- $typed; or return
    for it in ${UNIT_FOLDERS.map((it) => `${it}/*`).join(" ")}
        string match -rq '\\.(${unitEndings("")})$' -- $it; and string replace -r '.*/' '' -- $it
    end
end
complete -c unit-warden -f -n 'test (count (commandline -poc)) -eq 1'
${named.map(({ name, summary }) => `complete -c unit-warden -n 'test (count (commandline -poc)) -eq 1' -a ${name} -d ${quoted(summary)}`).join("\n")}
${commands.flatMap(commandLines).join("\n")}
`;
}

function commandLines({ name, options, operands }: CommandFacts): string[] {
  const start = `complete -c unit-warden -n '__unit_warden_command ${name}'`;
  const lines = Object.entries(options).map(([option, it]) => `${start} ${optionArguments(option, it)}`);
  return operands === "files" ? lines : [...lines, `${start} ${operandArguments(operands)}`];
}

function optionArguments(name: string, { argument, help, short, suggests }: CommandOption): string {
  const names = `${short ? `-s ${short} ` : ""}-l ${name} -d ${quoted(help)}`;
  if (argument === undefined) return names;
  return suggests === "files" ? `-r -F ${names}` : `${names} ${operandArguments(suggests, "-x")}`;
}

function operandArguments(suggests: Suggestions | undefined, alone = "-f"): string {
  if (suggests === undefined || suggests === "files") return alone;
  if (suggests === "units") return "-a '(__unit_warden_units)'";
  if (suggests === "folders") return `${alone} -a '(__fish_complete_directories)'`;
  const words = suggests.words().join(" ");
  if (suggests.list) return `${alone} -a ${quoted(`(__unit_warden_list ${words})`)}`;
  return `${suggests.files ? "" : `${alone} `}-a ${quoted(words)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
