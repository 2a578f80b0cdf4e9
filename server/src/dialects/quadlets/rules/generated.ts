import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { memo, memoBy } from "../../../units/memo.ts";
import { podmanOf } from "../../../units/podman.ts";
import { isTemplate } from "../../../units/template/isTemplate.ts";
import type { Unit } from "../../../units/unit.ts";
import type { QuadletScope } from "../generator/conversion.ts";
import { type Generated, generate } from "../generator/generate.ts";
import type { QuadletRefusal, RefusalReason } from "../generator/refusals.ts";
import type { GeneratedService, Origin } from "../generator/service.ts";

const FOLDER = "/q";

/** What podman makes of some quadlets: of them alone, and where all that they link to is there. */
interface Made {
  readonly alone: Generated;
  readonly linked: () => Generated;
}

const madeOf: (unit: Unit) => Made | undefined = memo((unit: Unit) => {
  const { path, file, dropIns, beside } = unit;
  if (path.role !== "unit" || !("placed" in path) || path.name === undefined || path.kind === "quadlets")
    return undefined;
  if (isTemplate(unit)) return undefined;
  const version = podmanOf(unit);
  // Of one file that has many of them they are all made at once.
  if (beside?.get(path.name) === file.text && dropIns.length === 0) return MADE_OF_PARTS[path.scope](beside, version);
  const files = new Map([...inFolder(beside ?? NONE), [pathOf(unit, -1), file.text]]);
  for (const [at, it] of dropIns.entries()) files.set(pathOf(unit, at), it.text);
  return made(files, version, path.scope);
});

const NONE: ReadonlyMap<string, string> = new Map();

const partsOf = (scope: QuadletScope) =>
  memoBy((beside: ReadonlyMap<string, string>, version: PodmanVersion) =>
    made(new Map(inFolder(beside)), version, scope),
  );

const MADE_OF_PARTS = { system: partsOf("system"), user: partsOf("user") };

/** What podman makes of a quadlet and its drop-ins, as if no other quadlet were there; undefined of any other file. */
export const generatedOf = (unit: Unit): Generated | undefined => madeOf(unit)?.alone;

/** The service that podman makes of it where all that it links to is there; undefined where it is refused. */
export const generatedService: (unit: Unit) => GeneratedService | undefined = memo((unit: Unit) => {
  const own = pathOf(unit, -1);
  return madeOf(unit)
    ?.linked()
    .services.find(({ source }) => source === own);
});

/** The least that others need to be. */
const STUBS: Readonly<Record<string, string>> = {
  container: "[Container]\nImage=localhost/x\n",
  image: "[Image]\nImage=localhost/x\n",
  build: "[Build]\nImageTag=localhost/x\nSetWorkingDirectory=unit\n",
  artifact: "[Artifact]\nArtifact=localhost/x\n",
  kube: "[Kube]\nYaml=/x\n",
};

function made(files: ReadonlyMap<string, string>, version: PodmanVersion, scope: QuadletScope): Made {
  const make = (all: typeof files): Generated => generate({ files: all, folders: [FOLDER], version, scope });
  const alone = make(files);
  const missing = alone.refusals.filter(({ reason }) => OF_OTHERS.has(reason));
  const stubs = missing.map(({ about }) => [`${FOLDER}/${about}`, STUBS[about.replace(/^.*\./s, "")] ?? ""] as const);
  let linked: Generated | undefined = stubs.length === 0 ? alone : undefined;
  return {
    alone,
    linked: () => {
      linked ??= make(new Map([...stubs, ...files]));
      return linked;
    },
  };
}

const inFolder = (named: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...named].map(([name, text]) => [`${FOLDER}/${name}`, text]);

/** A path that stands for the file of a unit, or for one of its drop-ins. */
function pathOf({ path }: Unit, at: number): string {
  const main = `${FOLDER}/${path.name}`;
  return at < 0 ? main : `${main}.d/${String(at).padStart(6, "0")}.conf`;
}

/** Whether a place is in the file that is judged. */
export function isInOwnFile(unit: Unit, { path }: Origin): boolean {
  const at = unit.judged ? unit.dropIns.indexOf(unit.judged) : -1;
  return path === pathOf(unit, at);
}

/** Those that only other files decide. */
const OF_OTHERS: ReadonlySet<RefusalReason> = new Set([
  "dependency",
  "image-not-found",
  "link-not-found",
  "pod-not-found",
  "resource-name",
]);

/** What podman refuses in the file that is judged, whatever the other quadlets are. */
export const refusalsIn = (unit: Unit): readonly QuadletRefusal[] =>
  (generatedOf(unit)?.refusals ?? []).filter((it) => !OF_OTHERS.has(it.reason) && isInOwnFile(unit, it));

/** What it does not find among the quadlets, where it would look for it. */
export const linksIn = (unit: Unit): readonly QuadletRefusal[] =>
  (generatedOf(unit)?.refusals ?? []).filter((it) => OF_OTHERS.has(it.reason) && isInOwnFile(unit, it));
