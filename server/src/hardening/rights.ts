import { programReading } from "../needs/programReading.ts";
import { effective } from "../security/effective.ts";
import type { Facts } from "../service/facts.ts";
import { folderOf } from "../service/facts.ts";
import { isKnownByName, isTried } from "../service/kinds.ts";
import { textOf, words } from "../service/settings.ts";
import type { HardeningDirective } from "./profiles.ts";

/** What only root may do, or a service with some capabilities: the kernel's rule, whatever the program is. */
interface Right {
  /** Capabilities that allow it without root. */
  readonly capabilities: readonly string[];
  /** Why a service without them loses nothing, the end of a sentence. */
  readonly without: string;
}

/** Capabilities with which the permissions of files are no limit. */
const OVER_FILES = ["CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_CHOWN", "CAP_SYS_ADMIN"] as const;

const RIGHTS: Readonly<Partial<Record<HardeningDirective, Right>>> = {
  ProtectSystem: {
    capabilities: OVER_FILES,
    without: "files there belong to root, but for directories of its own, which stay writable",
  },
  ProtectKernelModules: {
    capabilities: ["CAP_SYS_MODULE", "CAP_SYS_ADMIN"],
    without: "without CAP_SYS_MODULE the kernel lets it load no modules",
  },
  RestrictRealtime: {
    capabilities: ["CAP_SYS_NICE", "CAP_SYS_ADMIN"],
    without: "without CAP_SYS_NICE the kernel gives it no realtime priority",
  },
  ProtectKernelTunables: {
    capabilities: [...OVER_FILES, "CAP_NET_ADMIN", "CAP_SYS_RESOURCE", "CAP_SYS_PTRACE", "CAP_SYS_RAWIO"],
    without: "settings of the kernel belong to root",
  },
};

/** Whether capabilities that a unit names allow what a setting takes away; of a setting that is about no right any may. */
export function concerns(directive: HardeningDirective, { capabilities }: Pick<Facts, "capabilities">): boolean {
  const right = RIGHTS[directive];
  return right ? capabilities.some((it) => right.capabilities.includes(it)) : capabilities.length > 0;
}

/**
 * Whether all that speaks against a setting is a capability of a user who has not the one to load modules: the drivers that the kernel
 * loads for CAP_NET_ADMIN are not bound by it (dev_load(), Linux 6.12).
 */
export const hasNoModules = (name: HardeningDirective, facts: Facts): boolean =>
  name === "ProtectKernelModules" &&
  !facts.privileged &&
  facts.capabilities.length > 0 &&
  programReading(facts) !== undefined &&
  !concerns(name, facts);

/** Why a service without rights of root loses nothing by a setting, the end of a sentence. */
export const withoutRight = (directive: HardeningDirective, { unit: { ownedPaths } }: Facts): string =>
  directive === "ProtectSystem" && ownedPaths
    ? `by owners and modes on this machine its user may write ${ownedPaths.length === 0 ? "nothing" : "only what stays writable"} below /etc and /usr`
    : (RIGHTS[directive]?.without ?? "it has no rights that this takes away");

/**
 * The directories below /etc and /usr that the user of a service may own, with `-` before each as they need not be there: of
 * the 155 daemons that were measured with a user of their own, 12 write to such a one, which is named after the user or
 * the unit, or by a line. What holds the program may be its own outside of packages.
 */
export function placesOwned(facts: Facts): readonly string[] {
  const { unit, programs, programPaths, paths, user, privileged, dynamic } = facts;
  if (privileged || dynamic || user === undefined || unit.path.scope !== "system") return [];
  // What the unit closes already stays closed.
  if (effective(unit).settings.protectSystem !== "no") return [];
  const declared = words(unit, "ConfigurationDirectory").map((it) => `/etc/${it.replace(/[/:].*$/s, "")}`);
  if (unit.ownedPaths) return [...new Set([...declared, ...unit.ownedPaths])].map((it) => `-${it}`);
  const started = programs.filter((it) => it.setting === "ExecStart");
  const isKnown = isTried(programs, unit.path.name) || (started.length > 0 && started.every(isKnownByName));
  const stem = unit.path.name?.replace(/@.*|\.service$/g, "") ?? "";
  const names = isKnown ? [] : [stem, user].filter((it) => /^[a-z_][\w.+-]*$/.test(it) && !OF_MANY.test(it));
  const work = textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  const holding = programPaths.map(folderOf).filter((it) => it.startsWith("/usr/local/") && !programPaths.includes(it));
  const named = [...paths, ...holding, work].flatMap((it) => OWN_PLACE.exec(it)?.[0] ?? []);
  return [...new Set([...names.map((it) => `/etc/${it}`), ...declared, ...named])].map((it) => `-${it}`);
}

const OF_MANY = /^(?:nobody|daemon|root|www-data|mail|games|backup|sys|adm|ssl|default|systemd|network|security)$/;

/** A directory of one program: directly below /etc, /usr/local, /usr/share or where libraries are, with something in it or none. */
const OWN_PLACE =
  /^(?:\/etc\/(?!(?:ssl|default|systemd|init\.d|alternatives|pki|ca-certificates)(?:\/|$))[\w+-]+(?=\/)|\/usr\/(?:local\/(?!s?bin|lib|share|etc|include)|(?:local\/)?(?:share|lib|libexec|etc)\/(?![\w]+-linux-gnu))[\w.+-]+(?=\/|$))/;
