import { isQuadletKind } from "../facts/quadletKinds.ts";
import { unedited } from "../families/pathParts.ts";
import { KIND_FACTS, STARTING_KINDS } from "../families/unitFiles/kinds.ts";
import { loadUnit } from "../units/index/load.ts";
import { findUnit, referencesIn, treesAround } from "../units/index/lookup.ts";
import { settingOf, triggeredBy } from "../units/index/order.ts";
import { instanceIn, instanceOf, templateOf } from "../units/index/target.ts";
import type { IndexedFile, PlacedFile, Tree } from "../units/index/unitIndex.ts";
import { parseBoolean } from "../values/boolean.ts";
import { parseQuadletName, serviceOf } from "../values/quadletName.ts";
import { parseUnitName, stemFromPath } from "../values/unitName.ts";
import type { ReferenceContext } from "./referenceContext.ts";

/** Why something is not done, in a sentence for the reader. */
export interface RenameRefusal {
  readonly refused: string;
}

/** A unit that may be renamed. */
export interface RenameSubject {
  /** The name of its file: of an instance without one of its own, that of the template. */
  readonly name: string;
  readonly tree: Tree;
}

/** What a rename touches. */
export interface RenamePlan {
  readonly subject: RenameSubject;
  readonly to: string;
  /** The files with names to change, each with the unit that it is read for, and what it has to name from now on. */
  readonly texts: readonly { readonly path: string; readonly owner: string; readonly started?: string }[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Links in .wants folders and similar ones, which keep leading to the old file. */
  readonly staleLinks: readonly string[];
}

export const isRefusal = (it: object): it is RenameRefusal => "refused" in it;

/** The new name of a unit that is renamed along, an instance with its template; undefined for any other. */
export function renamedBy(
  { subject, to }: { readonly subject: Pick<RenameSubject, "name">; readonly to: string },
  name: string,
): string | undefined {
  if (name === subject.name) return to;
  if (instanceIn(subject.name) === "" && templateOf(name) === subject.name) return instanceOf(to, instanceIn(name));
  // The service that is made of a quadlet has its name.
  const [before, after] = [parseQuadletName(subject.name), parseQuadletName(to)];
  return before && after && name.endsWith(".service")
    ? renamedBy({ subject: { name: serviceOf(before) }, to: serviceOf(after) }, name)
    : undefined;
}

/** Whether a name means this unit, and none of the same name, for the reader of a file. */
export function meansSubject(
  { tree }: RenameSubject,
  name: string,
  path: string,
  { index }: Pick<ReferenceContext, "index">,
): boolean {
  return findUnit(index, name, path)?.tree === tree;
}

/** The unit of a name, where all its files may be changed. */
export function renameSubject(
  name: string,
  { index, path }: ReferenceContext,
  isOurs: (path: string) => boolean,
): RenameSubject | RenameRefusal {
  const unit = findUnit(index, name, path);
  if (!unit?.fragment) return { refused: `${name} has no unit file in the open folders` };
  const { tree } = unit;
  const own = [name, templateOf(name)].find((it) => tree.units.has(it)) ?? unit.fragment.place.role.name;
  const alien = tree.units.get(own)?.find((it) => !isOurs(it.path));
  if (alien) return { refused: `${alien.path} belongs to the machine or is outside the open folders` };
  if (unit.masked) return { refused: `${name} is masked by ${unit.fragment.path}` };
  return { name: own, tree };
}

/** Plans a rename to a new name, or says why systemd or the editor would be left with something broken. */
export function planRename(
  subject: RenameSubject,
  to: string,
  context: ReferenceContext,
  isOurs: (path: string) => boolean,
): RenamePlan | RenameRefusal {
  const { index } = context;
  const why = nameProblem(subject, to, context);
  if (why !== undefined) return { refused: why };
  const base = { subject, to };
  const moved = movedFiles(base, context, isOurs);
  const alien = moved.find((it) => !isOurs(it.path));
  if (alien) return { refused: `${alien.path} belongs to the machine or is outside the open folders` };
  const moves = moved.map((it) => ({ from: it.path, to: movedPath(base, it) }));
  const taken = moves.find((it) => index.files.has(it.to));
  if (taken) return { refused: `${taken.to} already exists` };
  const paths = new Set(moves.map((it) => it.from));
  const link = [...index.files.values()].find(
    ({ placed: it }) => it.link && it.place.role.kind === "unit" && !paths.has(it.path) && paths.has(leadsTo(it)),
  );
  if (link) return { refused: `${link.placed.path} is a link to ${subject.name}, which an editor cannot change` };
  const starts = startsByName(base, context);
  if (isRefusal(starts)) return starts;
  const texts = new Map<string, RenamePlan["texts"][number]>();
  const quadlet = parseQuadletName(subject.name);
  const names = [subject.name, ...(quadlet ? [serviceOf(quadlet)] : [])].map(templateOf);
  for (const path of new Set(names.flatMap((it) => index.naming.get(it) ?? []))) {
    const file = index.files.get(path);
    if (file && isOurs(path) && namesSubject(file, base, context))
      texts.set(path, { path, owner: ownerOf(file.placed) });
  }
  for (const { file, started } of starts)
    if (isOurs(file.path)) texts.set(file.path, { path: file.path, owner: ownerOf(file), started });
  const staleLinks = moved
    .filter((it) => it.link && it.place.role.kind === "dependency")
    .map((it) => movedPath(base, it));
  return { ...base, texts: [...texts.values()], moves, staleLinks };
}

const ownerOf = ({ place: { role } }: PlacedFile): string => (role.kind === "unit" ? role.name : role.of);

function namesSubject(file: IndexedFile, base: Pick<RenamePlan, "subject" | "to">, context: ReferenceContext): boolean {
  const { path, place } = file.placed;
  return (
    place.role.kind !== "dependency" &&
    referencesIn(file).some(
      ({ target }) => renamedBy(base, target) !== undefined && meansSubject(base.subject, target, path, context),
    )
  );
}

/** What is wrong with a new name. */
function nameProblem({ name, tree }: RenameSubject, to: string, { index, path }: ReferenceContext): string | undefined {
  const [before, after] = [name, to].map((it) => parseUnitName(it) ?? parseQuadletName(it));
  if (!before) return `${name} is not a unit name`;
  if (!after) return `${to || "An empty text"} is not a unit name: use valid characters and the suffix .${before.kind}`;
  if (after.kind !== before.kind) return `${name} must remain a .${before.kind}`;
  const isTemplate = before.instance === "";
  if ((after.instance === "") !== isTemplate)
    return isTemplate
      ? `${name} is a template, so ${to} needs an @ before its suffix`
      : `${name} is not a template, so ${to} cannot be one`;
  const there = treesAround(index, path)
    .find((it) => it.units.has(to))
    ?.units.get(to)?.[0];
  if (there) return `${to} already exists: ${there.path}`;
  const setting = isQuadletKind(before.kind) ? undefined : KIND_FACTS[before.kind].namedBy;
  const unit = loadUnit(tree, name);
  const files = [...(unit.fragment ? [unit.fragment] : []), ...unit.dropIns].flatMap(
    (it) => index.files.get(it.path) ?? [],
  );
  const given = setting && settingOf(files, setting);
  return given?.startsWith("/") && stemFromPath(given) !== after.stem
    ? `${name} is named after ${setting}=${given}, and systemd refuses any other name`
    : undefined;
}

/** All files that bear the old name: unit files, those in its folders, and entries of other units' folders. */
function movedFiles(
  base: Pick<RenamePlan, "subject" | "to">,
  { index }: ReferenceContext,
  isOurs: (path: string) => boolean,
): PlacedFile[] {
  const { subject } = base;
  const isOne = (name: string): boolean => renamedBy(base, name) !== undefined;
  return [...index.files.values()].flatMap(({ placed }) => {
    const { role, scope } = placed.place;
    if (scope !== subject.tree.scope || !(isOne(role.name) || (role.kind !== "unit" && isOne(role.of)))) return [];
    const key = `${scope}:${placed.place.root}`;
    if (key === subject.tree.key) return [placed];
    // What lies elsewhere and belongs to this unit all the same: in another folder of the workspace.
    if (role.kind === "unit" || !isOurs(placed.path)) return [];
    const name = isOne(role.name) ? role.name : role.of;
    return meansSubject(subject, name, placed.path, { index }) ? [placed] : [];
  });
}

/** Where a file lies after the rename. */
function movedPath(base: Pick<RenamePlan, "subject" | "to">, { path, place: { role } }: PlacedFile): string {
  const parts = path.split("/");
  const file = parts.pop() ?? "";
  const renamed = (name: string): string => renamedBy(base, name) ?? name;
  if (role.kind === "unit") return [...parts, renamedFile(file, role.name, renamed(role.name))].join("/");
  const folder = parts.pop() ?? "";
  const suffix = folder.slice(role.of.length);
  const name = role.kind === "dependency" ? renamed(file) : file;
  return [...parts, renamed(role.of) + suffix, name].join("/");
}

/** The name of the file of a unit for another name, with what templates and packaging add to it. */
function renamedFile(file: string, from: string, to: string): string {
  const stem = (it: string): string => it.replace(/@?\.[a-z]+$/, "");
  const [old, now] = file.includes(from) ? [from, to] : [stem(from), stem(to)];
  const at = unedited(file) === from ? -1 : file.lastIndexOf(old);
  return at < 0 ? to : file.slice(0, at) + now + file.slice(at + old.length);
}

/** The path that a link leads to. */
function leadsTo({ path, link = "" }: PlacedFile): string {
  const parts: string[] = [];
  for (const part of (link.startsWith("/") ? link : `${path.slice(0, path.lastIndexOf("/"))}/${link}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** The timers, paths and sockets that have started a service only because both had the same name. */
function startsByName(
  base: Pick<RenamePlan, "subject" | "to">,
  { index }: ReferenceContext,
): { readonly file: PlacedFile; readonly started: string }[] | RenameRefusal {
  const { name, tree } = base.subject;
  const parts = parseUnitName(name);
  if (!parts) return [];
  const kinds = parts.kind === "service" ? STARTING_KINDS : [parts.kind];
  const found: { file: PlacedFile; started: string }[] = [];
  const template = parts.kind === "service" && parts.instance === "";
  if (template || parts.kind === "socket") {
    const { id, fragment, dropIns } = loadUnit(tree, template ? `${parts.prefix}.socket` : name);
    if (fragment && acceptsIn(filesOf(fragment, dropIns, index)))
      return {
        refused: `${id} has Accept=yes and starts instances of ${parts.prefix}@.service, which no setting can rename`,
      };
  }
  for (const kind of kinds) {
    const key = KIND_FACTS[kind].starts;
    if (!key) continue;
    const id = `${parts.stem}.${kind}`;
    const { fragment, dropIns } = loadUnit(tree, id);
    const service = `${parts.stem}.service`;
    if (!fragment || !loadUnit(tree, service).fragment) continue;
    const files = filesOf(fragment, dropIns, index);
    const isNamed = files.some(({ mentions }) => mentions.some((it) => it.section !== "Unit" && it.directive === key));
    if (!isNamed && triggeredBy(id, files) === service) found.push({ file: fragment, started: service });
  }
  return found;
}

const filesOf = (
  fragment: PlacedFile,
  dropIns: readonly PlacedFile[],
  index: ReferenceContext["index"],
): IndexedFile[] => [fragment, ...dropIns].flatMap((it) => index.files.get(it.path) ?? []);

const acceptsIn = (files: readonly IndexedFile[]): boolean => parseBoolean(settingOf(files, "Accept") ?? "") === true;
