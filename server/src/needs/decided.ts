import type { Facts } from "../service/facts.ts";
import { memoBy } from "../units/memo.ts";
import { configurationFacts } from "./configurationFacts.ts";
import { type OwnerAnswer, ownerAnswers } from "./ownerAnswers.ts";
import { unitFacts } from "./unitFacts.ts";
import { grantOf, type NeedName, needNamed, needsAgainst } from "./vocabulary.ts";

/** What takes rights of root that few services use. */
const RIGHTS: readonly NeedName[] = [
  "hardware",
  "privileged-programs",
  "processes",
  "namespaces",
  "mounts",
  "kernel-modules",
  "kernel-log",
  "clock",
  "host-name",
];

/**
 * The needs to know about before a setting is known to be borne; of several lists one is enough. A setting that is in none is
 * not decided by what its owner says.
 */
const DECIDING: Readonly<Record<string, readonly (readonly NeedName[])[]>> = {
  ProtectSystem: [["writes"]],
  ProtectHome: [["homes"]],
  PrivateTmp: [["shared-tmp"]],
  PrivateDevices: [["hardware"]],
  ProtectHostname: [["host-name"]],
  ProtectClock: [["clock", "hardware"]],
  ProtectKernelTunables: [["kernel-settings"]],
  ProtectKernelModules: [["kernel-modules"]],
  ProtectKernelLogs: [["kernel-log"]],
  ProtectControlGroups: [["control-groups"]],
  RestrictSUIDSGID: [["set-uid-files"]],
  RestrictNamespaces: [["namespaces"]],
  RestrictRealtime: [["realtime"]],
  LockPersonality: [["foreign-programs"]],
  SystemCallArchitectures: [["foreign-programs"]],
  NoNewPrivileges: [["privileged-programs"]],
  ProtectProc: [["processes"]],
  ProcSubset: [["proc-files"]],
  RestrictAddressFamilies: [["address-families"]],
  SystemCallFilter: [["system-calls"], RIGHTS],
  CapabilityBoundingSet: [
    ["capabilities"],
    [...RIGHTS, "kernel-settings", "network-settings", "raw-sockets", "realtime"],
  ],
  DevicePolicy: [["hardware"]],
  MemoryDenyWriteExecute: [["compiled-code"]],
  PrivateUsers: [["other-users"]],
  UMask: [["shared-files"]],
  RemoveIPC: [["shared-memory"]],
  PrivateNetwork: [["network"]],
  IPAddressDeny: [["network"]],
  SocketBindDeny: [["ports"]],
  NoExecPaths: [["written-programs"]],
  PrivateBPF: [["bpf"]],
};

/** A user without rights gains capabilities from programs alone that bring them: the kernel's rule, whatever the service is. */
const WITHOUT_RIGHTS: readonly (readonly NeedName[])[] = [["privileged-programs"]];

/** The needs to know about before a setting is known to be borne, the one that it is about first; none where no need decides. */
export const needsDeciding = (setting: string): readonly NeedName[] => DECIDING[setting]?.[0] ?? [];

/** The settings for which a need decides alone. */
export const decidingSettings = (need: NeedName): readonly string[] =>
  Object.entries(DECIDING).flatMap(([setting, lists]) =>
    lists.some((it) => it.length === 1 && it[0] === need) ? [setting] : [],
  );

/** What its owner says about the needs that decide for a setting. */
export interface Decision {
  /** `stated`: all that decides is answered, and what is needed is granted; `withheld`: something that is needed is not. */
  readonly kind: "stated" | "withheld";
  /** The end of a sentence. */
  readonly reason: string;
  /** A gentler value, of the need that the setting is about. */
  readonly value?: string;
  /** Words for the list of what is allowed. */
  readonly adds: readonly string[];
  /** Lines that grant what is needed. */
  readonly lines: readonly string[];
}

/** What its owner decides for a setting by what is stated; undefined where that leaves it open. */
export const decisionFor: (facts: Facts, setting: string) => Decision | undefined = memoBy(
  (facts: Facts, setting: string): Decision | undefined => {
    const answers = ownerAnswers(facts.unit);
    if (answers.size === 0) return undefined;
    const against = needsAgainst(setting).flatMap((it) => answers.get(it.name) ?? []);
    const needed = against.filter((it) => it.says === "needs");
    const refusing = needed.filter((it) => !granted(it, setting));
    if (refusing.length > 0) return { kind: "withheld", reason: ownerReason(refusing), adds: [], lines: [] };
    const deciding = listsFor(setting, facts).find((list) => list.every((it) => isAnswered(it, facts)));
    if (!deciding) return undefined;
    const replies = deciding.flatMap((it) => answers.get(it) ?? []);
    const grants = needed.flatMap((it) => granted(it, setting) ?? []);
    const value = grants.find((it) => it.value !== undefined)?.value;
    return {
      kind: "stated",
      reason: ownerReason([...needed, ...replies.filter((it) => !needed.includes(it))]),
      ...(value !== undefined && { value }),
      adds: [...new Set(grants.flatMap((it) => it.adds))],
      lines: [...new Set(grants.flatMap((it) => it.lines))],
    };
  },
);

/** Whether its owner says that a service needs something that a setting takes away, or may take away. */
export const isNeeded = ({ unit }: Facts, setting: string): boolean =>
  needsAgainst(setting).some((it) => ownerAnswers(unit).get(it.name)?.says === "needs");

const listsFor = (setting: string, { privileged, ambient, unit }: Facts): readonly (readonly NeedName[])[] => {
  const isWithoutRights = !privileged && ambient.length === 0 && unit.path.scope !== "user";
  return [
    ...(setting === "CapabilityBoundingSet" && isWithoutRights ? WITHOUT_RIGHTS : []),
    ...(DECIDING[setting] ?? []),
  ];
};

/** Whether its owner answers a question about a service, and the unit does not show the opposite. */
function isAnswered(need: NeedName, facts: Facts): boolean {
  const answer = ownerAnswers(facts.unit).get(need);
  return answer !== undefined && (answer.says === "needs" || !isShown(need, facts));
}

/** Whether the unit shows a need by itself, whatever is stated. */
export const isShown = (need: NeedName, facts: Facts): boolean =>
  [...unitFacts(facts), ...configurationFacts(facts)].some((it) => it.need === need);

interface Granted {
  readonly value?: string;
  readonly adds: readonly string[];
  readonly lines: readonly string[];
}

/** What of a setting grants what is needed; undefined where nothing does. */
function granted({ need, details }: OwnerAnswer, setting: string): Granted | undefined {
  const row = needNamed(need);
  const { value, adds, line } = (row && grantOf(row, setting)) ?? {};
  const perDetail = line !== undefined || adds?.includes("*") === true;
  if ((value === undefined && adds === undefined) || (perDetail && !details)) return undefined;
  const filled = (text: string): readonly string[] =>
    text.includes("*") ? (details ?? []).map((it) => text.replace("*", it)) : text.split(" ");
  return {
    ...(value !== undefined && { value }),
    adds: adds === undefined ? [] : filled(adds),
    lines: line === undefined ? [] : filled(line),
  };
}

/** So many things a reason names. */
const MOST_NAMED = 3;

/** `its owner says that it opens no hardware and sets no clock (line 3)`. */
export function ownerReason(answers: readonly OwnerAnswer[]): string {
  const texts = answers.map(({ need, says, details }) => {
    const row = needNamed(need);
    const text = (says === "no" ? row?.no : row?.needs) ?? need;
    return details ? `${text}: ${details.join(", ")}` : text;
  });
  const shown = texts.slice(0, texts.length > MOST_NAMED + 1 ? MOST_NAMED : undefined);
  const rest = texts.length - shown.length;
  const last = rest > 0 ? `so on for ${rest} more needs` : shown.pop();
  const listed = shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
  return `its owner says that it ${listed} (${placesText(answers.flatMap((it) => it.where))})`;
}

/** `lines 3, 4, drop-in, line 2`: lines of the unit first, as one. */
function placesText(where: readonly string[]): string {
  const lines = [...new Set(where.flatMap((it) => /^line (\d+)$/.exec(it)?.[1] ?? []))]
    .map(Number)
    .sort((a, b) => a - b);
  const others = [...new Set(where.filter((it) => !/^line \d+$/.test(it)))];
  const own = lines.length === 0 ? [] : [`${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`];
  return [...own, ...others].join("; ");
}
