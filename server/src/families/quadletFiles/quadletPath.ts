import { isQuadletKind, type QuadletFileKind } from "../../facts/quadletKinds.ts";
import type { TemplateDialect } from "../../facts/templateNames.ts";
import { splitPath } from "../pathParts.ts";
import { isTemplateSuffix, withoutTemplateSuffixes } from "../templateSuffixes.ts";
import type { ScopeReason } from "../unitFiles/scopeFolders.ts";

/** What the path of a quadlet file or of a drop-in of one says about it. */
export interface QuadletPath {
  readonly kind: QuadletFileKind;
  readonly role: "unit" | "drop-in";
  /** The name of the file, or of the one that a drop-in extends; undefined for a drop-in of all of a type (`container.d/`). */
  readonly name: string | undefined;
  readonly scope: "system" | "user";
  /** Why it is of this manager, where more than its place decides. */
  readonly scopeReason?: ScopeReason;
  /** What language its placeholders are in, where the name says that it is filled in before podman reads it. */
  readonly template?: TemplateDialect;
  /** Whether the generator looks into its folder; elsewhere its text has to show that it is a quadlet. */
  readonly placed: boolean;
}

/** Reads a POSIX or Windows path; undefined where its suffix is not podman's. The file need not exist. */
export function quadletPath(path: string): QuadletPath | undefined {
  // Asked of every file that is no unit.
  const end = path.slice(path.lastIndexOf(".") + 1);
  if (end !== "conf" && !isQuadletKind(end) && !EDITED_END.test(end) && !isTemplateSuffix(end)) return undefined;
  const { folder, file: written, parents } = splitPath(path);
  const { file, ...template } = withoutTemplateSuffixes(written);
  const kind = file.slice(file.lastIndexOf(".") + 1);
  // What systemd reads itself is its own.
  if (parents.some((it, i) => it === "network" && parents[i - 1] === "systemd")) return undefined;
  if (isQuadletKind(kind) && file.length > kind.length + 1 && !file.startsWith("."))
    return { kind, role: "unit", name: file, ...template, ...searchPathOf(parents) };
  if (kind !== "conf" || !folder.endsWith(".d")) return undefined;
  const of = folder.slice(0, -".d".length);
  const type = of.slice(of.lastIndexOf(".") + 1);
  if (!isQuadletKind(type) || type === "quadlets" || of.startsWith(".")) return undefined;
  return {
    kind: type,
    role: "drop-in",
    name: of === type ? undefined : of,
    ...template,
    ...searchPathOf(parents.slice(0, -1)),
  };
}

/** A temporary file of `systemctl edit` has digits behind its suffix. */
const EDITED_END = /^[a-z]+[0-9a-f]{16}$/;

/** Where podman's generator looks, and what people call folders for it, with the slash after it. */
export const QUADLET_FOLDER = /(?<=^|\/)(?:containers\/systemd\/(?:users\/)?|quadlets?\/)/;

/** Where podman's generator looks, sub-folders too, and what people call folders for it. */
function searchPathOf(parents: readonly string[]): Pick<QuadletPath, "scope" | "placed"> {
  const at = parents.findIndex((it, i) => it === "systemd" && parents[i - 1] === "containers");
  const placed = at >= 0 || parents.some((it) => it === "quadlet" || it === "quadlets");
  const isUser =
    at >= 0 && (parents[at - 2] === ".config" || parents[at + 1] === "users" || /^\d+$/.test(parents[at - 2] ?? ""));
  return { placed, scope: isUser ? "user" : "system" };
}
