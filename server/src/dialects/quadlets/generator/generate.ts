import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import type { QuadletType } from "../../../facts/quadlets/keys.ts";
import { append } from "../../../text/append.ts";
import { convertBuild } from "./build.ts";
import { containerName, convertContainer } from "./container.ts";
import { type Conversion, isKnown, type QuadletScope, type QuadletUnit } from "./conversion.ts";
import { ServiceDraft } from "./draft.ts";
import { type FoundQuadlet, findQuadlets } from "./folders.ts";
import { frameService } from "./frame.ts";
import { convertKube } from "./kube.ts";
import { defaultServiceName } from "./names.ts";
import { convertPod, podName } from "./pod.ts";
import { type QuadletText, readQuadlet } from "./readQuadlet.ts";
import type { QuadletRefusal, QuadletRemark } from "./refusals.ts";
import { convertArtifact, convertImage, convertNetwork, convertVolume } from "./resources.ts";
import type { GeneratedService, Origin } from "./service.ts";
import { mergedSource, type QuadletSource, type SourceFile, sectionReader } from "./sources.ts";

/** What the generator is asked. */
export interface QuadletInput {
  /** The texts of all files by their paths: quadlets and drop-ins below the folders. */
  readonly files: ReadonlyMap<string, string>;
  /** The folders that are searched, in their order. */
  readonly folders: readonly string[];
  readonly version: PodmanVersion;
  readonly scope: QuadletScope;
  /** Whether a path is there on the machine, where that is known. */
  readonly exists?: (path: string) => boolean | undefined;
}

/** What the generator makes of some files. */
export interface Generated {
  readonly services: readonly GeneratedService[];
  readonly refusals: readonly QuadletRefusal[];
  readonly remarks: readonly QuadletRemark[];
}

/** The order in which types are converted: those that others link to first, pods after their containers. */
const ORDER = ["Image", "Artifact", "Network", "Volume", "Build", "Container", "Kube", "Pod"];

const CONVERT: Readonly<Record<string, (conversion: Conversion) => void>> = {
  Artifact: convertArtifact,
  Build: convertBuild,
  Container: convertContainer,
  Image: convertImage,
  Kube: convertKube,
  Network: convertNetwork,
  Pod: convertPod,
  Volume: convertVolume,
};

/** Makes services of quadlets, as the generator of a version does for the files that it would find. */
export function generate(input: QuadletInput): Generated {
  const { version } = input;
  const refusals: QuadletRefusal[] = [];
  const remarks: QuadletRemark[] = [];
  const { sources, endless } = load(input, refusals);
  if (endless) return { services: [], refusals, remarks };
  const units = new Map(sources.map((it) => [it.name, unitOf(it, version)]));
  const services: GeneratedService[] = [];
  const rank = ({ type }: { readonly type: QuadletType }): number => ORDER.indexOf(type.section);
  let crash: QuadletRefusal | undefined;
  for (const source of sources.toSorted((a, b) => rank(a) - rank(b))) {
    const unit = units.get(source.name);
    if (!unit) continue;
    if (crash) {
      refusals.push({ ...crash, quadlet: source.path, reason: "after-crash" });
      continue;
    }
    const own: QuadletRefusal[] = [];
    const conversion = conversionOf(input, source, unit, units, own, remarks);
    frameService(conversion);
    CONVERT[source.type.section]?.(conversion);
    // What is refused first ends the conversion before it can crash.
    const [first] = own;
    append(
      refusals,
      own.filter((it) => it === first || it.reason !== "crash"),
    );
    if (first?.reason === "crash") crash = first;
    if (own.length > 0) {
      refused(unit, units, conversion);
      continue;
    }
    services.push({ name: `${unit.service}.service`, source: source.path, sections: conversion.draft.sections });
    if (source.type.section === "Container") unit.resource = resourceOf(source, unit.service, version, true);
  }
  return { services, refusals, remarks };
}

/** What a refused quadlet leaves behind for those that link to it. */
function refused(unit: QuadletUnit, units: ReadonlyMap<string, QuadletUnit>, { source, version }: Conversion): void {
  unit.resource = unitOf(source, version).resource;
  for (const { starts } of units.values()) {
    const index = starts.findIndex(({ service }) => service === unit.service);
    if (index >= 0) starts.splice(index, 1);
  }
}

function conversionOf(
  { version, scope, exists }: QuadletInput,
  source: QuadletSource,
  unit: QuadletUnit,
  units: ReadonlyMap<string, QuadletUnit>,
  refusals: QuadletRefusal[],
  remarks: QuadletRemark[],
): Conversion {
  const place = ({ path, start, end }: Origin): Origin => ({ path, start, end });
  const header = source.headers.get(source.type.section) ?? { path: source.path, start: 0, end: 0 };
  return {
    source,
    unit,
    units,
    version,
    scope,
    own: sectionReader(source, source.type.section, version),
    service: sectionReader(source, "Service", version),
    draft: new ServiceDraft(source.sections),
    exists: exists ?? (() => undefined),
    refuse: (reason, about, origin = header) =>
      void refusals.push({ quadlet: source.path, reason, about, ...place(origin) }),
    remark: (reason, about, origin) => void remarks.push({ quadlet: source.path, reason, about, ...place(origin) }),
  };
}

/** What is known of a quadlet before it is converted. */
function unitOf(source: QuadletSource, version: PodmanVersion): QuadletUnit {
  const { name, type } = source;
  const own = sectionReader(source, type.section, version);
  // One that is empty counts, too.
  const set = isKnown(type.section, "ServiceName", version) ? own.text("ServiceName")?.text : undefined;
  const service = set ?? defaultServiceName(name, type, version);
  return { name, type, service, resource: resourceOf(source, service, version), starts: [] };
}

/** The name of the object where it is known from the file alone; that of others is known once they are converted. */
function resourceOf(source: QuadletSource, service: string, version: PodmanVersion, converted = false): string {
  const own = sectionReader(source, source.type.section, version);
  switch (source.type.section) {
    case "Container": {
      if (!converted && !podmanDoes(version, "knows containers before")) return "";
      const name = containerName({ own, source }).replaceAll("%N", service);
      return name.includes("%") ? "" : name;
    }
    case "Build":
      return own.lines("ImageTag")[0]?.text ?? "";
    case "Pod":
      return podName({ own, source, version });
    default:
      return "";
  }
}

interface Loaded {
  readonly sources: readonly QuadletSource[];
  /** Whether the generator never comes to an end. */
  readonly endless: boolean;
}

/** Reads all quadlets; those that cannot be read, and those that this takes with it, are refused. */
function load({ files, folders, version }: QuadletInput, refusals: QuadletRefusal[]): Loaded {
  const read = new Map<string, QuadletText>();
  const readOnce = (path: string): QuadletText => {
    const known = read.get(path) ?? readQuadlet(files.get(path) ?? "", version);
    read.set(path, known);
    return known;
  };
  const sources: QuadletSource[] = [];
  let endless = false;
  const isReadable = (path: string): boolean => !readOnce(path).unreadable;
  for (const found of findQuadlets(files.keys(), folders, version, isReadable)) {
    const broken = found.filter(({ path }) => !isReadable(path));
    for (const { path } of broken) refuseUnreadable(path, path, readOnce(path), refusals);
    endless ||= broken.some(({ path }) => readOnce(path).unreadable?.reason === "endless");
    const [first] = broken;
    for (const quadlet of found) {
      if (!isReadable(quadlet.path)) continue;
      if (first && podmanDoes(version, "loses a folder with a file")) {
        refusals.push({
          quadlet: quadlet.path,
          reason: "unreadable-neighbour",
          about: first.name,
          path: quadlet.path,
          start: 0,
          end: 0,
        });
        continue;
      }
      sources.push(sourceOf(quadlet, readOnce, refusals));
    }
  }
  return { sources, endless };
}

function sourceOf(
  { path, name, type, dropIns }: FoundQuadlet,
  readOnce: (path: string) => QuadletText,
  refusals: QuadletRefusal[],
): QuadletSource {
  const readable: SourceFile[] = [];
  for (const file of [path, ...dropIns]) {
    const { groups, unreadable } = readOnce(file);
    // A drop-in that cannot be read is left out, and told.
    if (unreadable) refuseUnreadable(file, file, readOnce(file), refusals);
    else readable.push({ path: file, groups });
  }
  return mergedSource(name, type, readable);
}

function refuseUnreadable(
  quadlet: string,
  path: string,
  { unreadable }: QuadletText,
  refusals: QuadletRefusal[],
): void {
  if (!unreadable) return;
  const { reason, start, end } = unreadable;
  refusals.push({ quadlet, reason: "unreadable", about: reason, path, start, end });
}
