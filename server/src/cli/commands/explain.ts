import { SIGNALS } from "../../facts/signals.ts";
import { command } from "../command.ts";
import { type DirectiveQuery, explainDirective } from "../explain/directive.ts";
import { allSections, explainedNames, similarNames } from "../explain/explainedNames.ts";
import { explainCapability, explainGroup, explainSpecifier } from "../explain/facts.ts";
import { asksAboutFailure, explainStatus, explainUnitFailure } from "../explain/failure.ts";
import { explainCall, explainErrno, explainFamily } from "../explain/kernel.ts";
import { type Explanation, explanationsText } from "../explain/layout.ts";
import { explainListed } from "../explain/listed.ts";
import { explainNeed } from "../explain/need.ts";
import { explainRule } from "../explain/rule.ts";
import { explainSection, explainUnit } from "../explain/units.ts";
import { demandTree } from "../namedFile.ts";
import { choice, UsageError, valued } from "../option.ts";
import { ROOT, scopeOf, TARGET } from "../options.ts";
import { ending } from "../outcome.ts";

const OPTIONS = {
  section: valued("NAME", "of a directive, explain the one in this section", bare, { words: allSections }),
  format: choice(["text", "json"], "text", "how to print why a unit failed"),
  ...ROOT,
  ...TARGET,
};

export const explainCommand = command(
  {
    name: "explain",
    synopsis: ["explain NAME… [option…]", "explain STATUS|- PATH|NAME [option…]"],
    summary: "says what a name means, or why a unit failed",
    details:
      'NAME is a directive such as ProtectHome=, a section such as [Service], the code of a finding, a need that comments state such as hardware, a specifier such as %n, a capability, an address family, an error such as EPERM, a system call, a group such as @clock, a special unit such as network-online.target, an exit status such as 226/NAMESPACE, a signal, or a result such as watchdog. Of directives it also prints what the manual says, where there is one.\n\nWith the PATH of a unit, or its NAME as systemctl takes it, it lists the settings that lead to a failure, the likeliest first, and the smallest change that helps. The failure is a status, or, with -, what standard input says of it: "journalctl -u x | unit-warden explain - x.service". It reads the journal, systemctl status, systemctl show, audit lines of the kernel and messages of the program. Of several starts each failure is explained by its own lines, the last one first; once the unit runs they are called earlier ones.',
    options: OPTIONS,
    operands: { words: () => [...new Set([...explainedNames(), ...allSections()])], files: true },
  },
  ({ options, operands: names }, { host, terminal, source }) => {
    if (names.length === 0)
      throw new UsageError(
        "name a directive, a section, a code, a specifier, a capability, a system call or a group of them, an address family, an error, a special unit or an exit status",
      );
    const { section, systemd: version, format } = options;
    const scope = scopeOf(options);
    const { root } = options;
    demandTree(host, root);
    const page = { width: Math.max(40, Math.min(100, terminal.width ?? 80)), colours: terminal.colours };
    if (asksAboutFailure(names, host, { scope, root }))
      return explainUnitFailure({ names, format, scope, version, root }, host, page);
    if (format === "json") throw new UsageError("--format json is for a failure: explain STATUS PATH");
    const texts: string[] = [];
    const unknown: string[] = [];
    for (const name of names) {
      const [plain = ""] = name.split("=", 1);
      const found = explanationsOf(name, { name: plain, section, version, source });
      if (found.length > 0) texts.push(`${explanationsText(found, page)}\n`);
      else {
        const where = section === undefined ? "" : ` in [${section}]`;
        const near = similarNames(plain, source);
        const meant = near.length === 0 ? "" : `; did you mean ${near.join(", ")}?`;
        unknown.push(`there is nothing to explain by the name ${name}${where}${meant}`);
      }
    }
    return ending(texts.join("\n"), unknown, false);
  },
);

function bare(section: string | undefined): string | undefined {
  return section?.replace(/^\[(.*)\]$/, "$1");
}

/** All that is known of a name; nothing where it has no explanation. */
function explanationsOf(name: string, query: DirectiveQuery): readonly Explanation[] {
  const { name: plain, section, version } = query;
  if (name.startsWith("%")) return explainSpecifier(name);
  if (name.startsWith("@")) return explainGroup(name, version);
  if (name.startsWith("[")) return explainSection(name, version);
  const call = explainCall(name, version);
  const status = explainStatus(SIGNALS.find((it) => it.name === name.toUpperCase())?.name ?? name);
  if (status.length > 0) return [...status, ...call];
  if (name.includes("/")) return explainRule(name);
  const lookups: readonly (() => Explanation[])[] = [
    () => explainDirective(query),
    () => explainNeed(plain),
    () => explainCapability(plain),
    () => explainFamily(plain),
    () => explainErrno(plain),
    () => call,
    () => explainUnit(name),
    () => (section === undefined ? explainSection(plain, version) : []),
    () => explainListed(query),
  ];
  return lookups.reduce<readonly Explanation[]>((found, next) => (found.length > 0 ? found : next()), []);
}
