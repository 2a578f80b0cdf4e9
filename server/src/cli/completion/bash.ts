import type { CommandFacts } from "../command.ts";
import type { Suggestions } from "../option.ts";
import { UNIT_FOLDERS, unitEndings } from "./installedUnits.ts";

/** A script that completes the commands in bash, which hands on to its own completion of files where no word fits. */
export function bashCompletion(commands: readonly CommandFacts[]): string {
  return `# Completes unit-warden in bash.
_unit_warden() {
  local IFS=$' \\t\\n' line=\${COMP_LINE:0:COMP_POINT} typed=() kind=none words="" list="" it
  local word=\${line##*[[:space:]]} prefix=""
  # Readline keeps what stands before its own idea of the word, such as "--format=".
  local kept=\${word%"$2"}
  read -ra typed <<<"\${line%"$word"}"
  local command=\${typed[1]-} option=\${typed[\${#typed[@]} - 1]-}
  if [[ $word == --*=* ]]; then
    option=\${word%%=*} prefix=\${word%%=*}= word=\${word#*=}
  fi
  COMPREPLY=()
  if ((\${#typed[@]} < 2)); then
    kind=words words="${[...commands.map((it) => it.name), "help"].join(" ")}"
  else
    case "$command $option" in
${commands.flatMap(optionCases).join("\n")}
    *)
      case $command in
${commands.map(operandCase).join("\n")}
      esac
      ;;
    esac
  fi
  case $kind in
  files) return ;;
  folders) compopt -o dirnames +o default 2>/dev/null; return ;;
  units)
    if [[ $word && $word != */* ]]; then
      for it in ${UNIT_FOLDERS.map((it) => `${it}/"$word"*`).join(" ")}; do
        it=\${it##*/}
        case $it in ${unitEndings("*.")}) [[ " $words " == *" $it "* ]] || words+=" $it" ;; esac
      done
    fi
    [[ $words ]] || return
    compopt -o filenames 2>/dev/null
    ;;
  words) compopt +o default 2>/dev/null ;;
  none) compopt +o default 2>/dev/null; return ;;
  esac
  [[ $list ]] && prefix+=\${word%"\${word##*,}"} word=\${word##*,}
  for it in $words; do
    [[ $it == "$word"* ]] && it=$prefix$it && COMPREPLY+=("\${it#"$kept"}")
  done
  if [[ ($kind == mixed || $kind == units) && \${COMPREPLY-} ]]; then
    while IFS= read -r it; do COMPREPLY+=("$it"); done < <(compgen -f -- "$word")
  fi
}
complete -o default -F _unit_warden unit-warden
`;
}

function optionCases({ name, options }: CommandFacts): string[] {
  return Object.entries(options)
    .filter(([, it]) => it.argument !== undefined)
    .map(([option, { suggests }]) => `    "${name} --${option}") ${assigned(suggests)} ;;`);
}

function operandCase({ name, options, operands }: CommandFacts): string {
  const names = Object.keys(options).map((it) => `--${it}`);
  return `      ${name}) if [[ $word == -* ]]; then kind=words words="${names.join(" ")}"; else ${assigned(operands)}; fi ;;`;
}

function assigned(suggests: Suggestions | undefined): string {
  if (suggests === undefined) return "kind=none";
  if (typeof suggests === "string") return `kind=${suggests}`;
  const { words, list, files } = suggests;
  return `kind=${files ? "mixed" : "words"}${list ? " list=1" : ""} words="${words().join(" ")}"`;
}
