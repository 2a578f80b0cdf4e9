import { UNIT_KINDS, type UnitKind } from "../facts/unitKinds.ts";

/** The parts of the name of a unit. */
export interface UnitName {
  /** The whole name, such as `getty@tty1.service`. */
  readonly full: string;
  /** The name without its suffix: `getty@tty1`. */
  readonly stem: string;
  /** What stands before the `@`: `getty`. */
  readonly prefix: string;
  /** What stands after the `@`, still escaped: `tty1`; empty for a template, undefined where there is no `@`. */
  readonly instance: string | undefined;
  readonly kind: UnitKind;
}

/** What systemd-analyze puts instead of the missing instance of a template. */
const TEST_INSTANCE = "test_instance";

const NAME_MAX = 255;
const VALID = /^([A-Za-z0-9:\-_.\\]+)(?:@([A-Za-z0-9:\-_.\\@]*))?\.([a-z]+)$/;

/** Takes the name of a unit or of a template apart, undefined where it is none. Follows unit_name_is_valid(), systemd 262. */
export function parseUnitName(name: string): UnitName | undefined {
  const parts = name.length <= NAME_MAX ? VALID.exec(name) : null;
  const [, prefix, instance, suffix] = parts ?? [];
  const kind = UNIT_KINDS.find((it) => it === suffix);
  if (prefix === undefined || kind === undefined) return undefined;
  return { full: name, stem: name.slice(0, -kind.length - 1), prefix, instance, kind };
}

/** The unit that systemd-analyze takes for a template: its instance `test_instance`; other names stay as they are. */
export function testInstance(name: UnitName): UnitName {
  if (name.instance !== "") return name;
  const stem = `${name.prefix}@${TEST_INSTANCE}`;
  return { ...name, full: `${stem}.${name.kind}`, stem, instance: TEST_INSTANCE };
}

/** Whether the instance only stands for the one that a template will have. */
export function isTestInstance(name: UnitName): boolean {
  return name.instance === TEST_INSTANCE;
}

/** The path that the name of a unit stands for, without its suffix; undefined where it is none that a path would give. */
export function pathFromStem(stem: string): string | undefined {
  if (stem === "-") return "/";
  const bytes: number[] = [];
  for (const [, byte, char = ""] of stem.matchAll(/\\x([0-9a-f]{2})|([^\\])/g))
    bytes.push(byte === undefined ? (char === "-" ? 0x2f : char.charCodeAt(0)) : Number.parseInt(byte, 16));
  const path = `/${new TextDecoder().decode(new Uint8Array(bytes))}`;
  return stemFromPath(path) === stem && !path.split("/").includes("..") ? path : undefined;
}

/** The name of the unit for a path, without its suffix. Follows unit_name_path_escape() of the simplified path, systemd 257 to 262. */
export function stemFromPath(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 ? "-" : escapeName(parts.join("/"));
}

/** Any text as a part of a unit name, as systemd-escape writes it. Follows unit_name_escape(), systemd 257 to 262. */
export function escapeName(text: string): string {
  const escaped = [...new TextEncoder().encode(text)].map((byte, i) => {
    const char = String.fromCharCode(byte);
    if (char === "/") return "-";
    return /[A-Za-z0-9:_.]/.test(char) && !(i === 0 && char === ".")
      ? char
      : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return escaped.join("");
}
