import type { TemplateDialect } from "../../facts/templateNames.ts";
import { UNIT_KINDS } from "../../facts/unitKinds.ts";
import { isTemplateSuffix, withoutTemplateSuffixes } from "../templateSuffixes.ts";
import { CHEZMOI_ENDS, type ChezmoiOther, chezmoiName } from "./chezmoiNames.ts";

/** The name that a file has where it is installed, and what its own name says of it besides. */
export interface InstalledName {
  readonly folder: string;
  readonly file: string;
  /** Missing where systemd reads the text as it stands. */
  readonly template?: TemplateDialect;
  /** What gives it its name, where that is not its own. */
  readonly by?: "debhelper" | "chezmoi";
  /** What becomes of the text, where it does not become that of the file. */
  readonly other?: ChezmoiOther;
  /** Missing where the name does not say it. */
  readonly scope?: "user";
}

/** Whether a file may be one of units by the end of its name: most files are none. */
export function mayBeUnitFile(file: string): boolean {
  const end = file.slice(file.lastIndexOf(".") + 1);
  return ENDS.has(end) || isTemplateSuffix(end);
}

const ENDS: ReadonlySet<string> = new Set([...UNIT_KINDS, "conf", ...CHEZMOI_ENDS]);

/** Most names are those of finished units, with nothing in them that could be filled in. */
const ORDINARY = new RegExp(`^(?!__)[\\w.:\\\\-]+\\.(?:${UNIT_KINDS.join("|")}|conf)$`);

/** A part of a name that is filled in: no unit is called like that. */
const PLACEHOLDER = /\{\{|\$\{|<%|%\w+%|(?:^|-)@\w+@|^__\w+__/;

/** Whether a part of a name is filled in before systemd sees it. */
export const hasPlaceholder = (name: string): boolean => PLACEHOLDER.test(name);

/**
 * The names of a file and its folder without what template languages, debhelper and chezmoi add to them; `parents` are all
 * folders above it, and `isChezmoi` says whether they are chezmoi's. Any other name stays as it is.
 */
export function installedName(file: string, parents: readonly string[], isChezmoi: boolean): InstalledName {
  const folder = parents.at(-1) ?? "";
  if (!isChezmoi && folder !== "debian" && ORDINARY.test(file)) return { file, folder };
  const chezmoi = isChezmoi ? chezmoiName(file, parents) : undefined;
  const plain = withoutTemplateSuffixes(chezmoi?.file ?? file);
  const template = plain.template ?? placeholderDialect(plain.file);
  const named = { ...plain, ...(template && { template }) };
  if (chezmoi) {
    const { folder: target, other } = chezmoi;
    const filled = template === "any" ? "go" : template;
    const rest = { ...(filled && { template: filled }), ...(other && { other }) };
    return { file: plain.file, folder: target, by: "chezmoi", scope: "user", ...rest };
  }
  const packaged = folder === "debian" ? debhelperName(plain.file) : undefined;
  const isOther = packaged && packaged.file !== plain.file;
  const installed = named.template
    ? { file: named.file, folder, template: named.template }
    : { file: named.file, folder };
  return isOther ? { ...installed, ...packaged } : installed;
}

function placeholderDialect(name: string): TemplateDialect | undefined {
  if (!hasPlaceholder(name)) return undefined;
  return name.includes("@") ? "configure" : name.includes("{{") ? "jinja" : "any";
}

const PACKAGED = /^([a-z0-9][\w+.-]*)(?:(@)(\.[\w.:-]*)?)?\.(service|socket|timer|path|mount|target)$/;

/**
 * The name under which debhelper installs `debian/PACKAGE.service`, `PACKAGE.NAME.service`, `PACKAGE@.service` and
 * `PACKAGE.user.service`. Follows dh_installsystemd and dh_installsystemduser of debhelper 13: which packages there are
 * only debian/control says, so that NAME is what stands after the last dot. Undefined for what they do not install.
 */
function debhelperName(file: string): Pick<InstalledName, "file" | "by" | "scope"> | undefined {
  const [, before = "", at = "", after = "", kind = ""] = PACKAGED.exec(file) ?? [];
  if (before === "") return undefined;
  const all = before + after;
  const isUser = all.endsWith(".user");
  const own = isUser ? all.slice(0, -".user".length) : all;
  const name = own.slice(own.lastIndexOf(".") + 1);
  return { file: `${name}${at}.${kind}`, by: "debhelper", ...(isUser && { scope: "user" }) };
}
