import type { DirectiveName } from "../catalog/catalog.ts";
import { insertIntoSection } from "../findings/edits.ts";
import type { Fix } from "../findings/finding.ts";
import { trapFixes } from "../findings/trapFixes.ts";
import { containerOf } from "../service/containers/containerOf.ts";
import { payloadWorld } from "../service/containers/payloadWorld.ts";
import { serviceTraps, type TrappedLine } from "../service/containers/serviceTraps.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { containerKeyCauses } from "./podmanKeys.ts";

/** What keeps podman from running a container, and what its confinement denies the program; nothing of other units. */
export function* podmanCauses(unit: Unit, evidence: Evidence): Iterable<CausingSetting> {
  if (!containerOf(unit)) return;
  for (const line of serviceTraps(unit)) yield* trapCause(unit, line, evidence);
  yield* containerKeyCauses(unit, evidence);
  yield* deniedCauses(unit, evidence);
}

/** netavark's words when ExecStop= does not see the network of the container. */
const LEFT_RULES = /netavark: setns: IO error/;

function* trapCause(unit: Unit, line: TrappedLine, { text, statuses }: Evidence): Iterable<CausingSetting> {
  const { trap, node } = line;
  const name = `${node.key}=`;
  const found = (weight: number, reason: string): CausingSetting =>
    cause(unit, trap.directive, weight, reason, trapFixes(unit, line), node);
  if (trap.effect === "dead-port") {
    if (LEFT_RULES.test(text))
      yield found(
        SURE,
        `${name} gives podman another mount namespace at the stop, so that its port-forwarding rules stay and the published port is dead from the next start on`,
      );
    return;
  }
  if (trap.effect === "no-port") {
    if (/refused|unreachable|timed? ?out/i.test(text))
      yield found(LIKELY, `${name} keeps everyone from published ports`);
    return;
  }
  const { seen } = trap;
  if (!seen) return;
  const when = trap.effect === "boot" ? "the first start after a boot" : "every start";
  if (saysSame(text, seen.message)) yield found(SURE, `${name} breaks ${when} of podman with this message`);
  else if (statuses.includes(seen.status)) yield found(LIKELY, `${name} breaks ${when} of podman with this status`);
  else if (statuses.some((it) => it >= 125 && it <= 127)) yield found(POSSIBLE, `${name} breaks ${when} of podman`);
}

/** Whether podman said a message, whatever names and numbers differ. */
const saysSame = (text: string, message: string): boolean => text.includes(message.replace(/^.*\/x\.cid/, "x.cid"));

/** A message of the program about what its container denies. */
function* deniedCauses(unit: Unit, { messages }: Evidence): Iterable<CausingSetting> {
  const quadlet = containerOf(unit);
  const world = quadlet && payloadWorld(quadlet);
  if (!world) return;
  const line = (key: string) => mergedAssignments(unit, "Container", key as DirectiveName).at(-1);
  const add = (added: string): Fix => ({
    title: `Add ${added}`,
    safe: false,
    sets: [added],
    edits: () => [insertIntoSection(unit, "Container", [added])],
  });
  const has = (name: string): boolean => world.capabilities.bounding.includes(name);
  for (const { text, error, paths } of messages) {
    const path = paths.at(-1);
    const readOnly = line("ReadOnly");
    if (error === "EROFS" && path && readOnly && world.readOnly)
      yield cause(
        unit,
        "ReadOnly" as DirectiveName,
        SURE,
        `ReadOnly= leaves ${path} read-only in the container`,
        [add(`Tmpfs=${folderOf(path)}`)],
        readOnly,
      );
    if (error !== "EPERM" && error !== "EACCES") continue;
    const dropped = line("DropCapability");
    for (const [pattern, name] of NEEDS) {
      if (!pattern.test(text) || (has(name) && !isBindOfUser(name, world.user?.isRoot))) continue;
      const by = dropped ?? line("User");
      if (!by) continue;
      const reason = has(name)
        ? `User= is not root and has no ${name} of its own`
        : `${by.key}= takes ${name} away, which this needs`;
      yield cause(unit, by.key as DirectiveName, LIKELY + 10, reason, [add(`AddCapability=${name}`)], by);
    }
  }
}

const isBindOfUser = (name: string, isRoot: boolean | undefined): boolean =>
  name === "NET_BIND_SERVICE" && isRoot === false;

/** What a program was doing, and the capability of root that it takes. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/\bchown|change owner/i, "CHOWN"],
  [/\bbind\b|listen/i, "NET_BIND_SERVICE"],
  [/setuid|seteuid|setresuid|initgroups.*user|switch(?:ing)? user/i, "SETUID"],
  [/setgid|setgroups|initgroups/i, "SETGID"],
  [/chroot/i, "SYS_CHROOT"],
  [/\bkill\b/i, "KILL"],
  [/chmod|change mode/i, "FOWNER"],
];

/** The directory of a file. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";
