import type { ScopeReason } from "../families/unitFiles/scopeFolders.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import type { Unit } from "../units/unit.ts";
import { hasExposure } from "./exposure.ts";
import { nixServiceConfig } from "./nixConfig.ts";

/** What an editor shows of a unit in a few words, such as in its status bar or next to the name of the file. */
export interface ExposureLevel {
  /** As systemd writes it: "9.4"; missing where systemd refuses the unit. */
  readonly exposure?: string;
  /** The name of the level, such as "UNSAFE"; missing where systemd refuses the unit. */
  readonly level?: string;
}

/** The exposure of the unit that a file belongs to, and what can be done with it. */
export interface UnitStatus {
  /** The name of the unit; missing where the file has none yet. */
  readonly name?: string;
  /** Whether the file is a drop-in, so that the exposure is that of its unit with all drop-ins. */
  readonly dropIn: boolean;
  /** Why systemd does not read the file; missing where it does. */
  readonly notLoaded?: string;
  /** Missing for units without an exposure, and for a drop-in whose unit cannot be seen. */
  readonly exposed?: ExposureLevel;
  /** Whose manager it is judged for. */
  readonly scope: "system" | "user";
  /** Who says so, and in which lines. */
  readonly scopeFrom: "folder" | ScopeReason["from"];
  readonly scopeBecause: readonly string[];
  /** Whether it has settings that NixOS can take over. */
  readonly nix: boolean;
}

/** The service that the exposure of a file is about: the file itself, the unit of a drop-in, or what is read instead of it. Undefined where there is none. */
export function exposedUnit(unit: Unit): Unit | undefined {
  if (!isLoaded(unit)) return unit.loading?.instead && exposedUnit(unit.loading.instead);
  if (hasExposure(unit)) return unit;
  const whole = unit.main?.unit;
  // A masked unit has no text.
  return whole && whole.file.text !== "" && hasExposure(whole) ? whole : undefined;
}

/** What systemd loads besides a file, or instead of it; undefined where it reads the file alone. */
export function loadingSentence({ loading }: Unit): string | undefined {
  return loading && `${loading.text[0]?.toUpperCase()}${loading.text.slice(1)}.`;
}

/** The exposure of a service with its drop-ins in a few words. */
export function exposureLevel(unit: Unit): ExposureLevel {
  const { exposure, level } = assess(unit);
  return exposure === undefined || !level ? {} : { exposure: formatExposure(exposure), level: level.name };
}

/** What there is to say of a unit file or drop-in. */
export function unitStatus(unit: Unit): UnitStatus {
  const exposed = exposedUnit(unit);
  const name = (exposed ?? unit).path.name;
  return {
    ...(name === undefined ? {} : { name }),
    dropIn: unit.path.role === "drop-in",
    ...(unit.loading?.reason === undefined ? {} : { notLoaded: unit.loading.reason }),
    ...(exposed ? { exposed: exposureLevel(exposed) } : {}),
    scope: unit.path.scope,
    scopeFrom: unit.path.scopeReason?.from ?? "folder",
    scopeBecause: unit.path.scopeReason?.because ?? [],
    nix: hasExposure(unit) && isLoaded(unit) && nixServiceConfig(unit) !== undefined,
  };
}
