import type { UnitKind } from "../../facts/unitKinds.ts";
import { settingsSection } from "../../families/unitFiles/kinds.ts";
import { largest, smallest } from "../../text/extremes.ts";
import type { Span } from "../../text/span.ts";
import type { HostedSet, HostedSetting, HostedUnit } from "../hostedUnit.ts";
import type { NixAttribute } from "./nixTree.ts";

/** A unit while its parts are collected. */
export interface UnitDraft {
  readonly kind: UnitKind;
  readonly scope: "system" | "user";
  readonly name: NixAttribute;
  readonly settings: HostedSetting[];
  readonly sets: Map<string, HostedSet[]>;
  readonly extents: Span[];
  /** When the service is started at, of which NixOS makes a timer. */
  readonly startAt: HostedSetting[];
  /** The condition that it was first found under. */
  readonly under: number | undefined;
  open: boolean;
  /** Whether it has sections as systemd calls them. */
  sectionNames: boolean;
  /** Whether it only adds to a unit that a package brings. */
  partial: boolean;
  /** Whether it is switched off. */
  masked: boolean;
}

/** What is the same for all parts of a unit; one whose name is not known is a unit of its own. */
export const draftKey = (kind: UnitKind, scope: string, { name, start }: NixAttribute): string =>
  `${scope} ${kind} ${name === undefined ? `at ${start}` : `named ${name}`}`;

/** A unit of which nothing is known yet. */
export const newDraft = (
  kind: UnitKind,
  scope: "system" | "user",
  name: NixAttribute,
  under: number | undefined,
): UnitDraft => ({
  kind,
  scope,
  name,
  settings: [],
  sets: new Map(),
  extents: [],
  startAt: [],
  under,
  open: false,
  sectionNames: false,
  partial: false,
  masked: false,
});

/** The units that NixOS makes of it: itself, and a timer where it says when it starts. */
export function makeUnit(draft: UnitDraft): HostedUnit[] {
  const { kind, scope, name, settings, sets, startAt, extents } = draft;
  const span = { start: name.start, end: name.end };
  const extent = {
    start: smallest(extents.map((it) => it.start)),
    end: largest(extents.map((it) => it.end)),
  };
  const fileName = (of: UnitKind): string | undefined => (name.name === undefined ? undefined : `${name.name}.${of}`);
  const isWhole = !draft.open && !draft.partial && !draft.masked && isComplete(draft);
  const role = isWhole ? ("unit" as const) : ("drop-in" as const);
  const made: HostedUnit = {
    path: { kind, role, name: fileName(kind), scope },
    name: span,
    extent,
    settings,
    open: !isWhole,
    sets,
    sectionNames: draft.sectionNames,
  };
  if (startAt.length === 0) return [made];
  const [first] = startAt;
  const { start, end } = first?.place?.binding ?? span;
  const timer: HostedUnit = {
    path: { kind: "timer", role: "unit", name: fileName("timer"), scope },
    name: first?.keySpan ?? span,
    extent: { start, end },
    settings: timerSettings(startAt),
    open: false,
    sets: new Map(),
    sectionNames: false,
  };
  return [made, timer];
}

/** What a timer has for the times that its service is started at, which NixOS also installs. */
export function timerSettings(startAt: readonly HostedSetting[]): readonly HostedSetting[] {
  const [first] = startAt;
  if (!first) return [];
  const wanted = { text: "timers.target", source: first.keySpan, exact: false, certain: true };
  const install = { section: "Install", key: "WantedBy", own: false, conditional: false };
  return [...startAt, { ...install, keySpan: first.keySpan, parts: [wanted] }];
}

/**
 * Whether a unit stands here with all that makes it one: a module often only adds to a service that another one defines. A
 * service does something; what the others do stands in their own section.
 */
function isComplete({ kind, settings }: UnitDraft): boolean {
  if (kind === "target" || kind === "slice") return false;
  if (kind !== "service") return settings.some((it) => it.section === settingsSection(kind));
  return settings.some(
    ({ key, conditional }) => !conditional && (key === "ExecStart" || key === "ExecStop" || key === "SuccessAction"),
  );
}
