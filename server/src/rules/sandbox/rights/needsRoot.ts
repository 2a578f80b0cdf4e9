import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { capabilitiesOf, overlap } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { ownDirectories } from "../../../security/world/ownDirectories.ts";
import { deniedCommands } from "../../../service/commandTable.ts";
import { targetsOf } from "../../../service/commandTargets.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { normalPath } from "../../../service/paths.ts";
import {
  baseNameOf,
  type InnerCommand,
  innerCommandsOn,
  linesThat,
  userCommands,
} from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { lazy } from "../../../text/tables.ts";
import type { Unit } from "../../../units/unit.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";
import { isWithin } from "../../../values/path.ts";
import { isMeant } from "./deniedCommand.ts";

/** What only root may do, or who has one of some capabilities. */
interface RootCommand {
  readonly programs: RegExp;
  readonly args?: RegExp;
  readonly what: string;
  readonly rights: readonly string[];
  readonly instead?: string;
}

const CHANGES = /^(?:add|set|del|delete|change|replace|flush)$/;

/** Of what settings deny, that which a user cannot do either, with the capabilities that allow it. */
const OF_DENIED: Readonly<Partial<Record<DirectiveName, Pick<RootCommand, "rights" | "instead">>>> = {
  ProtectKernelModules: { rights: ["CAP_SYS_MODULE"], instead: "modules-load.d" },
  ProtectKernelTunables: { rights: ["CAP_NET_ADMIN", "CAP_SYS_ADMIN", "CAP_DAC_OVERRIDE"], instead: "sysctl.d" },
  ProtectClock: { rights: ["CAP_SYS_TIME"] },
};

/** The first rows are those that settings deny to root, too. */
const rootCommands = lazy((): readonly RootCommand[] => [
  ...deniedCommands().flatMap(({ directive, programs, args, what }): RootCommand[] => {
    const row = OF_DENIED[directive];
    return row ? [{ programs, what, ...row, ...(args ? { args } : {}) }] : [];
  }),
  { programs: /^(?:u?mount|swapon|swapoff|losetup)$/, args: /^[^-]/, what: "mounting", rights: ["CAP_SYS_ADMIN"] },
  { programs: /^mknod$/, args: /^[bc]$/, what: "making device nodes", rights: ["CAP_MKNOD"] },
  { programs: /^setcap$/, what: "giving capabilities to files", rights: ["CAP_SETFCAP"] },
  {
    programs: /^(?:ip6?tables|ebtables|arptables)(?:-nft|-legacy)?$/,
    args: /^-(?:[ADIRNFXPZ]|-(?:append|delete|insert|flush|policy|new-chain))$/,
    what: "changing the packet filter",
    rights: ["CAP_NET_ADMIN"],
  },
  { programs: /^(?:nft|tc|ip|brctl)$/, args: CHANGES, what: "changing the network", rights: ["CAP_NET_ADMIN"] },
  {
    programs: /^(?:(?:user|group)(?:add|mod|del)|(?:add|del)(?:user|group)|chpasswd)$/,
    what: "changing users",
    rights: ["CAP_DAC_OVERRIDE"],
    instead: "sysusers.d",
  },
]);

/** Seen with 257: "permission denied on key" and "cannot create /etc/web.flag: Permission denied", and nothing is started. */
export const needsRoot: Rule = {
  code: "sandbox/needs-root",
  needs: ["User", "DynamicUser"],
  *check(unit) {
    if (unit.path.scope !== "system" || hasOwnFiles(unit)) return;
    for (const command of userCommands(unit, mayNeed)) {
      const { setting, node, words, prefixes } = command;
      const [program] = words;
      const denied = program && deniedTo(unit, command);
      if (!denied || prefixes.includes("-") || node.text.includes("||")) continue;
      yield {
        ...sourceSpan(node.value, program.from, program.to),
        severity: command.counts || isAlone(node) ? "warning" : "info",
        message: `${setting}= runs as ${nameOfUser(unit)}, and ${denied} needs root: the command fails; the prefix + runs it as root`,
        directive: setting,
        fixes: [asRoot(command)],
      };
    }
  },
};

/** Whether a line has one command, whose status is that of the script. */
const isAlone = ({ text }: Assignment): boolean => !/[;&]/.test(text);

const nameOfUser = (unit: Unit): string => {
  const { user, dynamicUser } = effective(unit).settings;
  return dynamicUser ? "a dynamic user" : `user ${user}`;
};

/** What a command does that its user may not do, as a noun; undefined where nothing shows. */
function deniedTo(unit: Unit, { words }: InnerCommand): string | undefined {
  const values = words.map((it) => it.value);
  const row = rowOf(values);
  const ambient = effective(unit).settings.ambientSet;
  if (row && overlap(ambient, capabilitiesOf(...row.rights))) return undefined;
  if (row) return row.what + (row.instead === undefined ? "" : ` (or ${row.instead})`);
  if (overlap(ambient, capabilitiesOf("CAP_DAC_OVERRIDE"))) return undefined;
  const file = targetsOf(values).find((it) => isClosed(unit, it));
  return file === undefined ? undefined : `writing ${file}`;
}

const rowOf = ([program = "", ...args]: readonly string[]): RootCommand | undefined =>
  rootCommands().find((it) => it.programs.test(baseNameOf(program)) && isMeant(it, args));

/** Whether a path lies where every distribution lets only root write, and is not the service's own. */
function isClosed(unit: Unit, written: string): boolean {
  const path = normalPath(unit, written);
  if (path === undefined || !CLOSED.test(path)) return false;
  return !ownDirectories(unit).some((it) => isWithin(path, it.path));
}

const CLOSED = /^\/(?:etc\/[^/]+$|(?:usr|boot|sys|proc\/sys)\/)/;

const mayNeed = linesThat((line) =>
  innerCommandsOn(line).some(({ words }) => {
    const values = words.map((it) => it.value);
    return rowOf(values) !== undefined || targetsOf(values).some((it) => /^%|^\/(?:etc|usr|boot|sys|proc)\//.test(it));
  }),
);

/** The prefix that has systemd run the command as root, without the sandbox. */
export function asRoot({ node, words }: InnerCommand): Fix {
  const at = words[0]?.from ?? 0;
  const from = commandLineOf(node.line).commands.findLast((it) => it.from <= at)?.from ?? 0;
  const span = sourceSpan(node.value, from, from);
  return { title: "Run it as root with +", safe: false, edits: () => [{ ...span, newText: "+" }] };
}
