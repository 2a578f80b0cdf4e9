import { KNOWN_COMMANDS } from "../server/src/cli/allCommands.ts";
import type { CommandFacts } from "../server/src/cli/command.ts";
import { ENVIRONMENT_VARIABLES, EXIT_STATUS, written } from "../server/src/cli/help.ts";
import { markedSentence } from "../server/src/text/ownMarkdown.ts";
import { table } from "./markdown.ts";

const NOTE = "<!-- Made from the commands by `npm run docs`; changes belong there, or to build/commandLinePage.ts. -->";

/** What the help has no room for, by command. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  check: [
    "A file is judged among the units of the folders that are named, or among those next to it, and with `--root` among those of that system as well. That is where ordering cycles are found, and, where a whole system is seen, units that are missing.",
    "A file in a load path (of the machine, of `--root`, or of a tree with folders such as `etc/systemd/system` and `usr/lib/systemd/system`) is judged with all that systemd would load for it, and a line below its path says what was merged; in JSON that is `loaded`. What another file overrides or a mask hides is checked without advice. A file in any other folder is judged with what lies next to it.",
    "`--format sarif` writes SARIF 2.1.0 for code scanning, with the rules, their manual pages, a fingerprint for each finding, what comments and a baseline suppress, and the edits of the fixes that `--fix` would apply. `--format github`, in a step of GitHub Actions, puts the findings next to the lines of a pull request, with all settings that a service lacks in one annotation. `--format gitlab` writes the report of code quality that GitLab shows in a merge request, `--format junit` XML that most CI systems show as tests: findings that `--fail-on` lets pass are skipped tests there. `--format checkstyle` is for tools that read Checkstyle's XML, `--format rdjson` for reviewdog, with the safe fixes as suggestions. Run it in the root of the repository, to which paths in reports are relative.",
    "For 25 or more services, text and JSON end with a summary (not with `--profile off`): how many have each level of exposure, the ten most exposed, the settings of the basic profile that most of them lack, and what `harden` would change. In JSON that is `summary`: `services`, `refused`, `levels` (each with its lowest exposure `from`), `worst`, `missing`, and `basic` with the number of services that change and the median exposure before and after, in tenths.",
    "Of settings that a service lacks, the summary line counts those that are safe, those that are likely to be, and those that are to decide. What a service cannot bear is no finding: `harden` names it with its reason. In JSON a setting that a profile would add has a `grade`, `measured`, `proven`, `read`, `stated`, `usual` or `likely`, and a `reason`, which for a likely one is what has to hold for it; what no profile adds has a `reason` alone. SARIF has both among the `properties` of a result. `schemas/check.schema.json` in the repository describes all of it. What is likely is one step quieter: `unit-warden try --likely` tests it on the machine that the service runs on.",
    "Of each file the text has errors first, then warnings, then the rest. A line names the fix that there is: `--fix` for one that keeps the meaning, `--unsafe-fixes` for a guess. All settings that a service lacks are one line with what adding them does to its exposure, and of more than four findings that say the same three are named: `--each` names all. On a terminal lines are as wide as it is, and the line of the file stands below with a mark, unless there is a secret in it. At the end the text says how many findings `--fix` can do away with.",
    "`--severity` hides what is less severe, in every format; the exit status is that of all findings, as `--fail-on` says. `--quiet` leaves out counts, notes and progress, and keeps findings and errors. `--statistics` prints how often each code was found in place of the findings. `--output-file` writes the report when all is done, whole or not at all, without colours. `--fix` lists what it did with the lines that the file had before, and `--diff` prints the same as a patch and ends with 1 where there is something to change.",
    "Many files are shared among up to four threads, as many as there are CPUs; what is printed does not depend on it.",
    "`--fix` never adds a hardening setting: that is what `harden` does. [All codes](rules/README.md) are stable. A comment such as `# unit-warden: ignore CODE -- reason` suppresses a finding of the line below it.",
  ],
  security: [
    "A unit fails above the `--threshold`, which is an exposure as it is shown, such as 5.0; a whole number above 10 counts tenths, so that 50 is the same. An instance of a template needs no file of its own, nor does it for `show`, `sandbox` and `explain`.",
    "For 25 or more services, the table and the JSON have the summary that `check` prints. Of more than 500 services what they lack and what `harden` would change is said of 500, taken evenly: the text says so, and in JSON `sample` is their number.",
    "In the JSON, `missing` names what a service lacks of the basic profile: each `line` with its `grade`, as in the JSON of `check`, and the `reason`, which for a likely one is what has to hold for it. What the service cannot bear is not among it, and nothing is where systemd refuses the unit. Of more than 500 services, those of the sample have it. `schemas/security.schema.json` in the repository describes all of it.",
    "`--format html` prints one page for an artifact of CI or a mail: when, where and how it was made, how many services have each level, the median now and after what is safe to add, the services, and a drop-in to copy for each that it can improve. From 50 services on it has no checks, so that a browser paints thousands. It needs no other file and runs no script.",
    "`--before` compares with the JSON of an earlier run: services by path, and those of another folder or machine by name. It lists the settings whose checks came out safer or weaker, as a table (`--format table`), as Markdown or as a page.",
  ],
  harden: [
    "Each setting is printed with its grade, the reason for it and what it may break, and what is left out with the reason. **measured**: a run of this service with `learn` or `try` proved it; **proven**: the rights that it has, owners of files, or the unit itself leave nothing that it could lose; **read**: its program, its configuration or its commands show it; **stated**: its owner said so; **usual**: so many of the daemons that were measured bear it, and nothing speaks against it here; **likely**: nothing speaks against it, and nothing for it. `unit-warden try --likely` tests what is likely on the machine.",
    "`--format json` has, for each file, `target` (the file that changes), `exposure` before and after in tenths, `settings` (each `line` with `grade`, `reason`, `breaks` and what it `replaces`), `left` (each `line` with `kind`: `likely`, which `--likely` adds, `open`, which may be right, or `against`, which the service cannot bear; and the `reason`), and the `text` with the settings; `schemas/harden.schema.json` in the repository describes all of it.",
    "`--format nix` prints a NixOS `serviceConfig`. The exit status is 1 where there is something to add.",
  ],
  try: [
    "```\nsudo unit-warden try shop --profile strict --likely --exercise 'curl -sf http://localhost:8080/health' --write\n```",
    "A service works that is active some seconds after its start without being restarted, or finished without a failure, that logs no new error which a setting explains, and whose exercise, reload and stop end as they did without the settings. Each try is a restart: the command says first how many there are at most.",
    "Where it breaks, what `explain` reads in the journal is loosened first: a path, a capability, an address family. Without such evidence the settings are halved until the one that breaks it is found, which then gets a weaker value, or goes. At the end no setting is left out that could be put back.",
    "However it ends, the service is put back as it was: by itself, by a unit that waits for its end where it is killed, or by a reboot. Settings that would leave something behind, such as `DynamicUser=` and `StateDirectory=`, are not tried. With `--write` what was shown lies next to the drop-in, as *UNIT*`.learnt.json`. The exit status is 1 where a setting does not hold at its tightest.",
  ],
  learn: [
    "The service is restarted, so plan for that. The command says what it is going to do and asks; without a terminal, `--yes` is required. A drop-in below `/run` wraps the commands of the unit with strace; it goes when the command ends, also by Ctrl-C or SIGKILL, and with the next boot.",
    "`--exercise` is what the result stands on: a path that was not used was not seen. It runs before anything is changed, after the start, after the reload, and in each run of the proof; it may be given several times. Each setting is *proven* in a second run, *seen* in one run, or *refused* with the line of the log that refuses it.",
    "```\nsudo unit-warden learn shop --for 10m --exercise 'curl -fsS http://localhost:8080/' --verify --write\n```",
    "`--write` makes `/etc/systemd/system/UNIT.d/50-unit-warden-learnt.conf`, with the reason above each line, and next to it `UNIT.learnt.json` for reviewers and `UNIT.needs.json` with the evidence; the settings hold from the next restart on. The exit status is 1 where something was learnt that is neither written nor kept in a bundle by `--save`.",
    "`learn start` observes for days, also after you log out; what was read of the log is freed each minute. `learn status` says what is new, `learn stop` puts the service back and derives.",
    "On a server without Node.js, and anywhere else after that:",
    "```\nunit-warden learn --script shop --exercise 'curl -fsS http://localhost:8080/' > observe-shop.sh\nsudo sh observe-shop.sh\nunit-warden learn --bundle shop.service.learn.tar.gz shop.service\n```",
    "Several bundles of a service merge: what any of them needs is needed. A bundle names files and addresses of the machine, but holds no data that the service read or wrote.",
  ],
  format: ["The exit status is 1 where there is something to change."],
  show: ["Files are looked for in the whole load path that the unit lies in, and merged in systemd's order."],
  inspect: [
    "*May* is what something in the files speaks of, with its place. *Proven* is what neither the program nor its libraries can do, *read* what its own code does not do. What could not be read is named, and leaves open what depends on it.",
    "`schemas/inspect.schema.json` in the repository describes the JSON.",
  ],
  sandbox: ["With `--path` it answers for single paths in place of the tree."],
  explain: [
    "The first of these looks up names, the second explains a failure:",
    "```\nunit-warden explain ProtectHome= %n CAP_KILL @clock 226/NAMESPACE value/boolean\njournalctl -u shop | unit-warden explain - /etc/systemd/system/shop.service\n```",
  ],
  new: ["```\nunit-warden new timer backup --exec '/usr/bin/restic backup /srv' --on-calendar daily --output .\n```"],
  completion: [
    "One line for each shell, then start a new one:",
    "```\nunit-warden completion bash > ~/.local/share/bash-completion/completions/unit-warden\nunit-warden completion zsh > /usr/local/share/zsh/site-functions/_unit-warden   # or another folder of $fpath\nunit-warden completion fish > ~/.config/fish/completions/unit-warden.fish\n```",
    "bash needs the package bash-completion for that, or `source <(unit-warden completion bash)` in `~/.bashrc`.",
  ],
  mcp: [
    "An assistant that knows the protocol starts it as a server of the type stdio:",
    '```json\n{ "mcpServers": { "unit-warden": { "command": "unit-warden", "args": ["mcp"] } } }\n```',
    "The tools read unit files by their paths, or judge a text that is no file yet. They need no network.",
  ],
  lsp: ["[Other editors](editors.md) has set-ups. A bare `unit-warden --stdio` works too."],
};

/** A sentence of the help as Markdown. */
const marked = (text: string): string => markedSentence(text.replace(/(?<!\S)--[a-z][a-z-]*(?![=\w-])/g, "`$&`"));

/** The page about the command line, made from the same values as its help and its completions. */
export function commandLinePage(): string {
  return `${[
    NOTE,
    "# Command line",
    "The program is `unit-warden`; in a checkout, after `npm run build`, `node dist/cli.js` is the same. Paths are unit files, drop-ins or folders. It reads the files that are named, what lies next to them, and what `--root` names, and of the programs of a unit in a load path `harden`, and `check` of the profiles strict and isolated, read the first line; it asks no running systemd, but for `learn` and `try`. Results go to standard output, everything else to standard error.",
    `\`\`\`\n${KNOWN_COMMANDS.flatMap((it) => it.synopsis)
      .map((it) => `unit-warden ${it}`)
      .join("\n")}\n\`\`\``,
    table(
      ["exit status", "meaning"],
      EXIT_STATUS.map(([status, meaning]) => [String(status), marked(meaning)]),
    ),
    table(
      ["variable", "meaning"],
      ENVIRONMENT_VARIABLES.map(([name, meaning]) => [`\`${name}\``, marked(meaning)]),
    ),
    'The JSON that `--format json` prints begins with `"version": 1`. Its shape only grows. Lines and characters count from 0, in UTF-16 code units, as in LSP.',
    ...KNOWN_COMMANDS.flatMap(section),
  ].join("\n\n")}\n`;
}

function section({ name, synopsis, summary, details, options }: CommandFacts): string[] {
  const rows = Object.entries(options).map(([option, it]) => [
    `\`${written(option, it).replaceAll("|", "\\|")}\``,
    it.help,
  ]);
  return [
    `## ${name}`,
    `\`\`\`\n${synopsis.map((it) => `unit-warden ${it}`).join("\n")}\n\`\`\``,
    marked(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`),
    ...(details?.split("\n\n").map(marked) ?? []),
    ...(MORE[name] ?? []),
    table(
      ["option", "meaning"],
      rows.map(([option = "", help = ""]) => [option, marked(help)]),
    ),
  ];
}
