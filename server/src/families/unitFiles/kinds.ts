import type { SectionName } from "../../catalog/sections.ts";
import { UNIT_KINDS, type UnitKind } from "../../facts/unitKinds.ts";

/** What sets one kind of unit apart from the others. */
interface KindFacts {
  /** The section besides [Unit] and [Install]. */
  readonly section: SectionName;
  /** Whether it runs programs, and so has the settings of systemd.exec(5). */
  readonly runsPrograms?: true;
  /** The setting whose path the name of the unit has to stand for. */
  readonly namedBy?: "Where" | "What";
  /** The setting that names the unit it starts, where that is not the service of the same name. */
  readonly starts?: "Unit" | "Service";
}

/** What is known of each kind of unit (UNIT_VTABLE, systemd 257 to 262). */
export const KIND_FACTS: Readonly<Record<UnitKind, KindFacts>> = {
  service: { section: "Service", runsPrograms: true },
  socket: { section: "Socket", runsPrograms: true, starts: "Service" },
  timer: { section: "Timer", starts: "Unit" },
  path: { section: "Path", starts: "Unit" },
  mount: { section: "Mount", runsPrograms: true, namedBy: "Where" },
  automount: { section: "Automount", namedBy: "Where" },
  swap: { section: "Swap", runsPrograms: true, namedBy: "What" },
  target: { section: "Target" },
  slice: { section: "Slice" },
  scope: { section: "Scope" },
  device: { section: "Device" },
};

/** The kinds whose units start another one. */
export const STARTING_KINDS: readonly UnitKind[] = UNIT_KINDS.filter((it) => KIND_FACTS[it].starts !== undefined);

/** The sections that a unit of this kind may have, in the usual order (UNIT_VTABLE.sections, systemd 257 to 262). */
export function sectionsOf(kind: UnitKind): readonly SectionName[] {
  return ["Unit", KIND_FACTS[kind].section, "Install"];
}

/** Whether a kind of unit runs programs, and so has the settings of systemd.exec(5). */
export const runsPrograms = (kind: UnitKind): boolean => KIND_FACTS[kind].runsPrograms === true;

/** The section that people add settings to; [Unit] for the kinds whose own section has none. */
export const settingsSection = (kind: UnitKind): SectionName =>
  kind === "target" || kind === "device" ? "Unit" : KIND_FACTS[kind].section;
