import { type Named, namedIn, ownerOf } from "../../findings/named.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";

const LISTS = ["WantedBy", "RequiredBy", "UpheldBy"] as const;

/** The targets that hold all units of one kind. Follows units/ of systemd and basic.target, 257 to 262. */
const COLLECTING: ReadonlyMap<string, string> = new Map([
  ["sockets.target", "sockets"],
  ["paths.target", "path units"],
  ["timers.target", "timers"],
  ["slices.target", "slices"],
]);

/** Those that basic.target waits for. */
const BEFORE_BASIC: readonly string[] = ["sockets.target", "paths.target", "slices.target"];

const TRIGGERS: Readonly<Record<string, string>> = {
  timer: "when it elapses",
  path: "when something happens to the path",
  socket: "when someone connects",
};

/** Seen with 257: systemd deletes the job of sockets.target, or that of the service; own.timer starts own.service at once. */
export const wantedByKind: Rule = {
  code: "reference/wanted-by-kind",
  needs: LISTS,
  *check(unit, context) {
    const { kind, role } = unit.path;
    const owner = (context && ownerOf(context)) ?? unit.path.name;
    if (role !== "unit" || owner === undefined) return;
    for (const directive of LISTS) {
      for (const named of namedIn(unit, owner, "Install", directive)) {
        const { start, end } = named;
        const found = kind === "service" ? ofService(unit, owner, directive, named) : ofTrigger(kind, directive, named);
        if (found) yield { start, end, directive, ...found };
      }
    }
  },
};

type InstallFinding = Pick<Found, "severity" | "message" | "fixes">;

function ofService(unit: Unit, owner: string, directive: string, { name }: Named): InstallFinding | undefined {
  const own = owner.slice(0, owner.lastIndexOf(".") + 1);
  const kind = name.slice(name.lastIndexOf(".") + 1);
  const until = name === own + kind ? TRIGGERS[kind] : undefined;
  if (until !== undefined) {
    const message = `${directive}= starts this service together with ${name}, not only ${until}`;
    return { severity: "info", message };
  }
  const members = COLLECTING.get(name);
  const isThere = name !== "slices.target" || unit.path.scope === "system";
  if (members === undefined || !isThere || !waitsForBasic(unit)) return undefined;
  if (BEFORE_BASIC.includes(name)) {
    const message = `${name} is for ${members}: it waits for this service, which waits for basic.target and so for ${name}; systemd breaks this ordering cycle by deleting one of the jobs`;
    return { severity: "warning", message };
  }
  const message = `${name} is for ${members}: it starts this service at every boot, independently of the timer`;
  return { severity: "info", message };
}

function ofTrigger(kind: string, directive: string, { start, end, name }: Named): InstallFinding | undefined {
  const own = `${kind}s.target`;
  const [members, meant] = [COLLECTING.get(name), COLLECTING.get(own)];
  if (!(kind in TRIGGERS) || members === undefined || meant === undefined || name === own) return undefined;
  const fix = {
    title: `Change to ${directive}=${own}`,
    safe: false,
    edits: () => [{ start, end, newText: own }],
  };
  return { severity: "info", message: `${name} is for ${members}; ${meant} belong to ${own}`, fixes: [fix] };
}

function waitsForBasic(unit: Unit): boolean {
  const last = mergedAssignments(unit, "Unit", "DefaultDependencies").findLast(
    (it) => parseBoolean(it.text) !== undefined,
  );
  return !last || parseBoolean(last.text) === true;
}
