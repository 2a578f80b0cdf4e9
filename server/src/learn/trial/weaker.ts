import { directiveOf, valueOfLine } from "./lines.ts";

/**
 * Weaker lines in the place of a setting's, the tightest first; what only opens something has none. `own` is what the unit says
 * itself, which none of them weakens.
 */
export function weakerThan(name: string, lines: readonly string[], own: string | undefined): (readonly string[])[] {
  const steps = STEPS[name];
  if (steps) return scalarSteps(name, steps, lines, own);
  const others = own === undefined ? OTHERS[name] : undefined;
  return others ? others(lines).filter((it) => it.join("\n") !== lines.join("\n")) : [];
}

/** Values from tight to loose, where each is a weaker one of the same setting. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  ProtectSystem: ["strict", "full", "yes"],
  ProtectHome: ["yes", "tmpfs", "read-only"],
  ProtectProc: ["ptraceable", "invisible", "noaccess"],
  ProtectControlGroups: ["strict", "yes"],
  ProtectHostname: ["yes", "private"],
  PrivateTmp: ["disconnected", "yes"],
  DevicePolicy: ["strict", "closed"],
};

const YES = /^(?:yes|true|on|1|y|t)$/i;

function scalarSteps(
  name: string,
  steps: readonly string[],
  lines: readonly string[],
  own: string | undefined,
): (readonly string[])[] {
  const last = lines.findLast((it) => directiveOf(it) === name);
  const at = last === undefined ? -1 : steps.indexOf(normal(valueOfLine(last)));
  const end = own === undefined ? -1 : steps.indexOf(normal(own));
  const weaker = at < 0 ? [] : steps.slice(at + 1, end < 0 ? undefined : end);
  return weaker.map((it) => lines.map((line) => (line === last ? `${name}=${it}` : line)));
}

const normal = (value: string): string => (YES.test(value) ? "yes" : value);

/** Weaker ways to say what a list or a switch says. */
const OTHERS: Readonly<Record<string, (lines: readonly string[]) => (readonly string[])[]>> = {
  SystemCallFilter: weakerFilters,
  CapabilityBoundingSet: weakerCapabilities,
  RestrictAddressFamilies: weakerFamilies,
  RestrictNamespaces: (lines) => (lines.every((it) => YES.test(valueOfLine(it))) ? [["RestrictNamespaces=~user"]] : []),
  PrivateDevices: () => [["DevicePolicy=closed"]],
  NoExecPaths: () => [["NoExecPaths=-/dev/shm -/tmp -/var/tmp"]],
  IPAddressDeny: (lines) =>
    lines.some((it) => /^IPAddressAllow=.*\b(?:localhost|any)\b/.test(it))
      ? []
      : [[...lines, "IPAddressAllow=localhost"]],
};

const wordsInLine = (line: string): string[] => valueOfLine(line).split(/\s+/).filter(Boolean);

/** What no service of those that were measured calls, whatever it is. */
const DENIED = ["@cpu-emulation", "@debug", "@module", "@obsolete", "@raw-io", "@reboot", "@swap"];

/** First without what is taken out of the list again, then what is allowed to most, then only what nobody calls is denied. */
function weakerFilters(lines: readonly string[]): (readonly string[])[] {
  const isFilter = (it: string): boolean => directiveOf(it) === "SystemCallFilter";
  const isDeny = (it: string): boolean => isFilter(it) && valueOfLine(it).startsWith("~");
  const allow = lines.find((it) => isFilter(it) && valueOfLine(it) !== "" && !isDeny(it));
  const error = lines.filter((it) => directiveOf(it) === "SystemCallErrorNumber");
  const soft = error.length > 0 ? error : ["SystemCallErrorNumber=EPERM"];
  if (allow === undefined) return error.length > 0 ? [] : [[...lines, ...soft]];
  const allowed = lines.filter((it) => isFilter(it) && !isDeny(it));
  const more = [...new Set([...wordsInLine(allow), "@mount", "@clock", "chroot", "pivot_root"])].join(" ");
  return [
    [...lines.filter(isFilter), ...soft],
    [...allowed, ...soft],
    [`SystemCallFilter=${more}`, ...soft],
    [`SystemCallFilter=~${DENIED.join(" ")}`, ...soft],
  ].filter((it, i, all) => all.findIndex((other) => other.join("\n") === it.join("\n")) === i);
}

/** What daemons that start as root were measured to need, then all but what lets a service leave its sandbox. */
function weakerCapabilities(lines: readonly string[]): (readonly string[])[] {
  const last = lines.at(-1) ?? "";
  if (valueOfLine(last).startsWith("~")) return [];
  const usual = [...new Set([...wordsInLine(last), ...USUAL_CAPABILITIES])].join(" ");
  return [[`CapabilityBoundingSet=${usual}`], [`CapabilityBoundingSet=~${STRONG_CAPABILITIES}`]];
}

const USUAL_CAPABILITIES = [
  ["CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL"],
  ["CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_SYS_RESOURCE"],
  ["CAP_AUDIT_WRITE"],
].flat();

const STRONG_CAPABILITIES =
  "CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_BOOT CAP_MAC_ADMIN CAP_MAC_OVERRIDE CAP_BPF CAP_PERFMON";

/** With the families that are forgotten most, the local ones first. */
function weakerFamilies(lines: readonly string[]): (readonly string[])[] {
  const last = lines.at(-1) ?? "";
  if (valueOfLine(last).startsWith("~")) return [];
  const given = wordsInLine(last).filter((it) => it !== "none");
  const steps = [["AF_UNIX", "AF_NETLINK"], ["AF_INET", "AF_INET6"], ["AF_PACKET"]];
  return steps.map((_, i) => {
    const words = new Set([...given, ...steps.slice(0, i + 1).flat()]);
    return [...lines.slice(0, -1), `RestrictAddressFamilies=${[...words].join(" ")}`];
  });
}
