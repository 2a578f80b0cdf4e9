import { type HardenedEdit, hardenUnit } from "../hardening/profile.ts";
import { assess } from "../security/exposure.ts";
import { type Cause, causeText } from "../security/world/cause.ts";
import { type FactTopic, sandboxFacts } from "../security/world/facts.ts";
import type { Mount } from "../security/world/mounts.ts";
import { type Shown, shownPaths } from "../security/world/tree.ts";
import { type PathState, type ServiceWorld, type Spot, serviceWorld, spotAt } from "../security/world/world.ts";
import { decidingOwner, mayWrite, type PlaceOwner } from "../security/world/writers.ts";
import { applyEdits } from "../text/span.ts";
import { withText } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { legendOf, stateSentence, writersLabel, writersLegend } from "./sandboxText.ts";
import { type UsedAs, usedPlaces, usedSentence, usesAt } from "./usedPlaces.ts";

/** What a world is shown for: the unit as it is, or as a profile would make it. */
export type WhatIf = "now" | "basic" | "strict" | "isolated";

/** A setting, and the line that says it. */
export interface ShownSetting {
  /** As a reader writes it: `ProtectSystem=strict`. */
  readonly text: string;
  /** Where it stands: 0 is the unit file, higher numbers its drop-ins in their order; missing where no line says it. */
  readonly file?: number;
  /** Counted from 0, as in LSP; missing where a profile would add the line. */
  readonly line?: number;
  /** Whether the profile brings it. */
  readonly added?: true;
}

/** A path of the world, for people and programs. */
export interface SandboxPath {
  readonly path: string;
  readonly state: PathState;
  /** Whether it is writable in the sandbox; null where that cannot be known. */
  readonly writable: boolean | null;
  /** Whether the programs of the service may write there; null where only the permissions of the host's files can tell. */
  readonly userMayWrite: boolean | null;
  /** To whom a place belongs that is writable in the sandbox; missing if that is irrelevant or unknown. */
  readonly owner?: PlaceOwner;
  /** The same in a few words: "root only". */
  readonly writers?: string;
  /** Whether the sandbox allows programs to be executed from it. */
  readonly executable: boolean | null;
  /** The path behind links, where there are any. */
  readonly real?: string;
  /** Where the host has these files, if elsewhere. */
  readonly from?: string;
  readonly setting?: ShownSetting;
  /** What forbids programs, where another setting decides the rest. */
  readonly noexec?: ShownSetting;
  /** What runs of the service did there, or below where no other path is shown. */
  readonly used?: readonly UsedAs[];
  /** What it is for the unit as it is, where a profile changes that. */
  readonly was?: PathState;
  /** Whether it is left out of a short view. */
  readonly minor: boolean;
  readonly sentence: string;
}

/** Something that systemd mounts for a service. */
export interface SandboxMount {
  readonly path: string;
  readonly kind: Mount["mode"];
  readonly readOnly: boolean;
  readonly noexec: boolean;
  /** What a bind mount shows. */
  readonly source?: string;
  /** Whether it is left out where its path is missing. */
  readonly optional: boolean;
  readonly setting: ShownSetting;
}

/** The world of a service, for people and programs. */
export interface Sandbox {
  readonly name: string;
  readonly user: boolean;
  readonly whatIf: WhatIf;
  /** Whether the service has a view of the file system of its own. */
  readonly ownMounts: boolean;
  /** Why systemd does not load the unit, if so. */
  readonly messages: readonly string[];
  /** What is missing, so that the service fails with 226/NAMESPACE. */
  readonly failure?: { readonly path: string; readonly setting: ShownSetting };
  readonly paths: readonly SandboxPath[];
  /** What the states of its paths mean. */
  readonly legend: readonly { readonly state: PathState; readonly meaning: string }[];
  /** What is said of places that are writable in the sandbox, and what it means. */
  readonly writers: ReturnType<typeof writersLegend>;
  readonly mounts: readonly SandboxMount[];
  readonly facts: readonly {
    readonly topic: FactTopic;
    readonly text: string;
    readonly settings: readonly ShownSetting[];
  }[];
}

/** The world of a service; with `asked`, of these paths alone. Undefined for anything but a service file. */
export function sandboxOf(unit: Unit, whatIf: WhatIf = "now", paths?: readonly string[]): Sandbox | undefined {
  const edits = whatIf === "now" ? [] : hardenUnit(unit, whatIf).edits;
  const seen = edits.length === 0 ? unit : hardened(unit, edits);
  const world = serviceWorld(seen);
  if (!world) return undefined;
  const lines = lineFinder(unit, seen, edits);
  const before = seen === unit ? undefined : serviceWorld(unit);
  const spots = paths ? paths.map((it) => shownAt(seen, world, it)) : shownPaths(seen, world, usedPlaces(unit));
  const uses = usesAt(
    unit,
    spots.filter((it) => !it.minor).map((it) => it.path),
  );
  return {
    name: unit.path.name ?? "unit.service",
    user: unit.path.scope === "user",
    whatIf,
    ownMounts: world.files.mounts.size > 0,
    messages: assess(seen).loads ? [] : assess(seen).messages,
    ...failureOf(world, lines),
    paths: spots.map((spot) => ({
      ...pathOf(spot, mayWrite(seen, world, spot), lines, uses.get(spot.path)),
      ...changeOf(spot, before),
    })),
    legend: legendOf(spots),
    writers: writersLegend(spots.map((it) => it.owner)),
    mounts: [...world.files.mounts.values()].filter((it) => it.applied).map((it) => mountOf(it, lines)),
    facts: sandboxFacts(seen).map(({ topic, text, by }) => ({ topic, text, settings: by.map(lines) })),
  };
}

function shownAt(unit: Unit, world: ServiceWorld, path: string): Shown {
  const spot = spotAt(world, path);
  return { ...spot, minor: false, owner: decidingOwner(unit, world, spot) };
}

const hardened = (unit: Unit, edits: readonly HardenedEdit[]): Unit =>
  withText(unit, applyEdits(unit.file.text, edits));

type Lines = (cause: Cause) => ShownSetting;

/** Finds the lines of settings in the unit as it is, also for causes in the unit as a profile makes it. */
function lineFinder(unit: Unit, seen: Unit, edits: readonly HardenedEdit[]): Lines {
  const own = new Set<unknown>(seen.file.nodes);
  return (cause) => {
    const text = causeText(cause);
    const { node } = cause;
    if (!node) return { text };
    if (!own.has(node)) {
      const i = seen.dropIns.findIndex((it) => it.nodes.includes(node));
      return i < 0 ? { text } : { text, file: i + 1, line: node.firstLine };
    }
    if (edits.length === 0) return { text, file: 0, line: node.firstLine };
    const before = offsetBefore(edits, node.valueSpan.start);
    const known =
      before === undefined ? undefined : unit.file.nodes.find((it) => it.start <= before && before <= it.end);
    const same = known?.kind === "assignment" && known.key === node.key ? known : undefined;
    if (!same) return { text, file: 0, added: true };
    return same.text === node.text
      ? { text, file: 0, line: same.firstLine }
      : { text, file: 0, line: same.firstLine, added: true };
  };
}

/** Where an offset in the edited text was before the edits; undefined inside what they insert. */
function offsetBefore(edits: readonly HardenedEdit[], offset: number): number | undefined {
  let moved = 0;
  for (const { start, end, newText } of edits) {
    const from = start + moved;
    if (offset < from) break;
    if (offset < from + newText.length) return start === end ? undefined : start;
    moved += newText.length - (end - start);
  }
  return offset - moved;
}

function pathOf(
  spot: Shown,
  userMayWrite: boolean | null,
  lines: Lines,
  used: readonly UsedAs[] | undefined,
): SandboxPath {
  const { minor, owner } = spot;
  return {
    path: spot.path,
    state: spot.state,
    writable: spot.writable ?? null,
    userMayWrite,
    ...(owner === undefined ? {} : { owner, writers: writersLabel(owner) }),
    executable: spot.executable ?? null,
    ...(spot.real === spot.path ? {} : { real: spot.real }),
    ...(spot.from === undefined ? {} : { from: spot.from }),
    ...(spot.by ? { setting: lines(spot.by) } : {}),
    ...(spot.noexecBy ? { noexec: lines(spot.noexecBy) } : {}),
    ...(used ? { used } : {}),
    minor,
    sentence: `${stateSentence(spot, owner)}${used ? `; ${usedSentence(used)}` : ""}`,
  };
}

function changeOf(spot: Spot, before: ServiceWorld | undefined): Pick<SandboxPath, "was"> {
  const was = before && spotAt(before, spot.path);
  const same = was?.state === spot.state && was.writable === spot.writable && was.executable === spot.executable;
  return was && !same ? { was: was.state } : {};
}

function mountOf(mount: Mount, lines: Lines): SandboxMount {
  return {
    path: mount.path,
    kind: mount.mode,
    readOnly: mount.readOnly !== undefined || mount.mode === "private-dev",
    noexec: mount.noexec !== undefined,
    ...(mount.source === undefined ? {} : { source: mount.source }),
    optional: mount.optional,
    setting: lines(mount.by),
  };
}

function failureOf({ missing: [failure] }: ServiceWorld, lines: Lines): Pick<Sandbox, "failure"> {
  return failure ? { failure: { path: failure.path, setting: lines(failure.by) } } : {};
}
