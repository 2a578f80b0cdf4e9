import { CONFIG_KINDS, type ConfigKind } from "../../facts/configKinds.ts";
import type { TemplateDialect } from "../../facts/templateNames.ts";
import { splitPath } from "../pathParts.ts";
import { isTemplateSuffix, withoutTemplateSuffixes } from "../templateSuffixes.ts";
import type { ScopeReason } from "../unitFiles/scopeFolders.ts";

/** What the path of a configuration file of systemd, or of a drop-in of one, says about it. */
export interface ConfigPath {
  /** The same as `kind`; distinguishes the path from those of other families, some of which have types of the same name. */
  readonly config: ConfigKind;
  readonly kind: ConfigKind;
  readonly role: "unit" | "drop-in";
  /** The name of the file, or of the one that a drop-in extends. */
  readonly name: string | undefined;
  readonly scope: "system" | "user";
  /** The scope of such a file shows in its place alone. */
  readonly scopeReason?: ScopeReason;
  /** What language its placeholders are in, where the name says that it is filled in before systemd reads it. */
  readonly template?: TemplateDialect;
  /** Whether systemd looks into its folder; elsewhere its text has to show what it is. */
  readonly placed: boolean;
  /** Of a transfer, whose patterns of versions look like placeholders: nothing in it is one. */
  readonly finished?: true;
  /** Of a .nspawn file that lies among images, where systemd-nspawn does not trust it. */
  readonly besideImage?: true;
}

/** Whether networkd or udev reads a file for the interfaces of the network. */
export const isOfNetwork = ({ kind }: ConfigPath): boolean =>
  kind === "network" || kind === "netdev" || kind === "link";

/** The kinds that are known by their suffix, with the folder that they lie in. */
const BY_SUFFIX: ReadonlyMap<string, readonly [kind: ConfigKind, folder: RegExp]> = new Map([
  ["network", ["network", /(?:^|\/)systemd\/network$/]],
  ["netdev", ["netdev", /(?:^|\/)systemd\/network$/]],
  ["link", ["link", /(?:^|\/)systemd\/network$/]],
  ["nspawn", ["nspawn", /(?:^|\/)(?:systemd\/nspawn|machines)$/]],
  ["dnssd", ["dnssd", /(?:^|\/)systemd\/dnssd$/]],
  ["dns-delegate", ["dns-delegate", /(?:^|\/)systemd\/dns-delegate\.d$/]],
  ["oomrule", ["oomrule", /(?:^|\/)systemd\/oomd\/rules\.d$/]],
  ["transfer", ["transfer", /(?:^|\/)sysupdate(?:\.[^/]+)?\.d$/]],
  ["feature", ["feature", /(?:^|\/)sysupdate(?:\.[^/]+)?\.d$/]],
  ["component", ["component", /(?:^|\/)(?:etc|run|lib)$/]],
]);

/** The kinds that are known by the name of their file. */
const BY_NAME: ReadonlySet<string> = new Set(CONFIG_KINDS.filter((it) => it.endsWith(".conf")));

/** Where files of partitions lie; drop-ins of one too. */
const PARTITIONS = /(?:^|\/)(?:repart\.d|[^/]+\.repart\.d|mkosi\.repart|mkosi\.profiles\/[^/]+\/mkosi\.repart)$/;
/** Where transfers lie. */
const TRANSFERS = /^sysupdate(?:\.[^/]+)?\.d$/;
const NAMESPACE = /^journald@[^/]+\.conf$/;

/** Reads a POSIX or Windows path; undefined where the file is not one of these. The file need not exist. */
export function configPath(path: string): ConfigPath | undefined {
  const dot = path.lastIndexOf(".");
  const end = path.slice(dot + 1);
  // Asked of every file that is no unit.
  if (end !== "conf" && !BY_SUFFIX.has(end) && !EDITED_END.test(end) && !isTemplateSuffix(end)) return undefined;
  const { folder, file: written, parents } = splitPath(path);
  const { file, template } = withoutTemplateSuffixes(written);
  const found = file.startsWith(".") ? undefined : finishedPath(file, folder, parents);
  return found && template ? { ...found, template } : found;
}

/** The same of a name without what template languages add to it. */
function finishedPath(file: string, folder: string, parents: readonly string[]): ConfigPath | undefined {
  const suffix = file.slice(file.lastIndexOf(".") + 1);
  const bySuffix = BY_SUFFIX.get(suffix);
  if (bySuffix && file.length > suffix.length + 1) {
    const [kind, place] = bySuffix;
    return pathOf(kind, "unit", file, parents, place.test(parents.join("/")));
  }
  if (suffix !== "conf") return undefined;
  const named = kindNamed(file);
  if (named)
    return pathOf(named, "unit", file, parents, folder === "systemd" || (named === "iocost.conf" && folder === "udev"));
  if (PARTITIONS.test(parents.join("/"))) return pathOf("repart", "unit", file, parents, true);
  // Their old name, which systemd-sysupdate still reads.
  if (TRANSFERS.test(folder)) return pathOf("transfer", "unit", file, parents, true);
  if (!folder.endsWith(".d")) return undefined;
  const of = folder.slice(0, -".d".length);
  const above = parents.slice(0, -1);
  const main = kindNamed(of);
  if (main && main !== "iocost.conf") return pathOf(main, "drop-in", of, parents, above.at(-1) === "systemd");
  const [kind, place] = BY_SUFFIX.get(of.slice(of.lastIndexOf(".") + 1)) ?? [];
  if (kind && place && of.length > kind.length + 1)
    return pathOf(kind, "drop-in", of, parents, place.test(above.join("/")));
  if (of.endsWith(".conf") && PARTITIONS.test(above.join("/"))) return pathOf("repart", "drop-in", of, parents, true);
  return undefined;
}

/** A temporary file of `systemctl edit` has digits behind its suffix. */
const EDITED_END = /^[a-z-]+[0-9a-f]{16}$/;

/** The kind of a file by its name, that of a namespace of the journal among them. */
function kindNamed(file: string): ConfigKind | undefined {
  if (BY_NAME.has(file)) return file as ConfigKind;
  return NAMESPACE.test(file) ? "journald.conf" : undefined;
}

function pathOf(
  kind: ConfigKind,
  role: ConfigPath["role"],
  name: string,
  parents: readonly string[],
  placed: boolean,
): ConfigPath {
  const scope = kind === "user.conf" || parents.includes(".config") ? "user" : "system";
  const besideImage = kind === "nspawn" && parents.at(-1) === "machines";
  return { config: kind, kind, role, name, scope, placed, ...(besideImage && { besideImage }), ...finishedAs(kind) };
}

/** What the path of a kind says of placeholders. */
export const finishedAs = (kind: ConfigKind): Pick<ConfigPath, "finished"> =>
  kind === "transfer" ? { finished: true } : {};
