import type { CommandFacts } from "../command.ts";
import type { CommandOption, Suggestions } from "../option.ts";
import { UNIT_FOLDERS, unitEndings } from "./installedUnits.ts";

/** A script that completes the commands in zsh, as a function of its own in a folder of $fpath, or to be sourced. */
export function zshCompletion(commands: readonly CommandFacts[]): string {
  const named = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  return `#compdef unit-warden
_unit-warden_units() {
  local -aU units
  [[ $PREFIX && $PREFIX != */* ]] && units=({${UNIT_FOLDERS.join(",")}}/*(${unitEndings(".")})(N:t))
  compadd -a units
  _files
}
_unit-warden() {
  local curcontext=$curcontext state line
  local -A opt_args
  local -a commands=(
${named.join("\n")}
    'help:prints how the commands are called'
  )
  _arguments -C '1: :->command' '*:: :->rest'
  case $state in
  command) _describe command commands ;;
  rest)
    case $words[1] in
${commands.map(commandCase).join("\n")}
    esac
    ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _unit-warden "$@"
else
  compdef _unit-warden unit-warden
fi
`;
}

function commandCase({ name, options, operands }: CommandFacts): string {
  const specs = Object.entries(options).map(([option, it]) => `      ${specOf(option, it)}`);
  if (operands) specs.push(`      ${quoted(`*: :${actionOf(operands)}`)}`);
  return `    ${name}) _arguments -S \\\n${specs.join(" \\\n")} ;;`;
}

function specOf(name: string, { argument, help, repeats, short, suggests }: CommandOption): string {
  const explained = `[${help.replace(/[[\]\\]/g, "\\$&")}]`;
  if (short) return `'(-${short} --${name})'{-${short},--${name}}${quoted(explained)}`;
  const action = argument === undefined ? "" : `:${argument.replace(/[|,\u2026].*/, "")}:${actionOf(suggests)}`;
  return quoted(`${repeats ? "*" : ""}--${name}${argument === undefined ? "" : "="}${explained}${action}`);
}

function actionOf(suggests: Suggestions | undefined): string {
  if (suggests === undefined) return " ";
  if (suggests === "files") return "_files";
  if (suggests === "units") return "_unit-warden_units";
  if (suggests === "folders") return "_files -/";
  const words = suggests.words().join(" ");
  if (suggests.list) return `_sequence compadd - ${words}`;
  return suggests.files ? `{ compadd - ${words}; _files }` : `(${words})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
