import { type Prose, plainProse } from "../reports/markup.ts";
import { serviceWorld, spotAt } from "../security/world/world.ts";
import { decidingOwner } from "../security/world/writers.ts";
import type { Assignment } from "../syntax/tree.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import type { Unit } from "../units/unit.ts";
import { stateSentence } from "./sandboxText.ts";

/** What is said of a path in a value, and where in the value it stands. */
export interface PathNote {
  readonly prose: Prose;
  readonly from: number;
  readonly to: number;
}

/** What systemd itself opens, outside the sandbox. */
const OUTSIDE: ReadonlySet<string> = new Set([
  "EnvironmentFile",
  "IPCNamespacePath",
  "LoadCredential",
  "LoadCredentialEncrypted",
  "NetworkNamespacePath",
  "PIDFile",
  "RootDirectory",
  "RootImage",
  "RootMStack",
  "StandardError",
  "StandardInput",
  "StandardOutput",
  "TTYPath",
  "UserNamespacePath",
]);

const PATH = /(?<=^|[\s"'=:,+\-!@|])(?:\/|%[CEhLStTV]\/)[^\s"':,;=]*/g;

/** What the path under the cursor is for the service, where a setting decides it: "read-only here, because of …". */
export function describePath(unit: Unit, { key, text: value }: Assignment, at: number): PathNote | undefined {
  if (OUTSIDE.has(key) || !value.includes("/")) return undefined;
  for (const { 0: path, index } of value.matchAll(PATH)) {
    if (index > at) return undefined;
    if (index + path.length < at) continue;
    const whole = isSource(key, value, index) || isPrivileged(key, value) ? undefined : expandSpecifiers(unit, path);
    const world = whole?.startsWith("/") ? serviceWorld(unit) : undefined;
    const spot = world && world.files.mounts.size > 0 && whole !== undefined ? spotAt(world, whole) : undefined;
    if (!world || !spot?.by) return undefined;
    const owner = decidingOwner(unit, world, spot);
    return {
      prose: plainProse(`For the service: ${stateSentence(spot, owner)}.`),
      from: index,
      to: index + path.length,
    };
  }
  return undefined;
}

/** What is bound to another place is named as the host knows it. */
function isSource(key: string, value: string, at: number): boolean {
  if (!/^(?:BindPaths|BindReadOnlyPaths|MountImages|ExtensionImages|ExtensionDirectories)$/.test(key)) return false;
  return /^[^\s:]*:\//.test(value.slice(at)) || /^(?:MountImages|Extension)/.test(key);
}

/** A command with `+` runs outside the sandbox. */
const isPrivileged = (key: string, value: string): boolean => key.startsWith("Exec") && /^[-:@!|]*\+/.test(value);
