import { type Generated, generate } from "../../quadlets/generate.ts";
import type { QuadletRefusal, RefusalReason } from "../../quadlets/refusals.ts";
import type { GeneratedService, Origin } from "../../quadlets/service.ts";
import { memo } from "../../units/memo.ts";
import { podmanOf } from "../../units/podman.ts";
import { isTemplate } from "../../units/template/isTemplate.ts";
import type { Unit } from "../../units/unit.ts";

const FOLDER = "/q";

/** What podman makes of a quadlet and its drop-ins, as if no other quadlet were there; undefined of any other file. */
export const generatedOf: (unit: Unit) => Generated | undefined = memo((unit: Unit) => made(unit, new Map()));

/** The service that podman makes of it where all that it links to is there; undefined where it is refused. */
export const generatedService: (unit: Unit) => GeneratedService | undefined = memo((unit: Unit) => {
  const alone = generatedOf(unit);
  const missing = (alone?.refusals ?? []).filter(({ reason }) => OF_OTHERS.has(reason));
  const stubs = new Map(missing.map(({ about }) => [`${FOLDER}/${about}`, STUBS[about.replace(/^.*\./s, "")] ?? ""]));
  const all = missing.length === 0 ? alone : made(unit, stubs);
  return all?.services.find(({ source }) => source === pathOf(unit, -1));
});

/** The least that others need to be. */
const STUBS: Readonly<Record<string, string>> = {
  container: "[Container]\nImage=localhost/x\n",
  image: "[Image]\nImage=localhost/x\n",
  build: "[Build]\nImageTag=localhost/x\nSetWorkingDirectory=unit\n",
  artifact: "[Artifact]\nArtifact=localhost/x\n",
  kube: "[Kube]\nYaml=/x\n",
};

function made(unit: Unit, others: ReadonlyMap<string, string>): Generated | undefined {
  const { path, file, dropIns } = unit;
  if (path.role !== "unit" || !("placed" in path) || path.name === undefined || path.kind === "quadlets")
    return undefined;
  if (isTemplate(unit)) return undefined;
  const beside = [...(unit.beside ?? [])].map(([name, text]) => [`${FOLDER}/${name}`, text] as const);
  const files = new Map([...others, ...beside, [pathOf(unit, -1), file.text]]);
  for (const [at, it] of dropIns.entries()) files.set(pathOf(unit, at), it.text);
  return generate({ files, folders: [FOLDER], version: podmanOf(unit), scope: path.scope });
}

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
