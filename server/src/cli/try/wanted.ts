import { leftOut } from "../../hardening/leftOut.ts";
import { hardenAsDropIn } from "../../hardening/profile.ts";
import type { Profile } from "../../hardening/profiles.ts";
import { directiveOf } from "../../learn/trial/lines.ts";
import { parse } from "../../syntax/parse.ts";
import { readAnew } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";

/** The lines that a profile adds to a service; with `likely` also those that its file alone cannot show to be safe. */
export function linesOfProfile(unit: Unit, profile: Profile, likely: boolean): readonly string[] {
  const { settings, text } = hardenAsDropIn(unit, profile, undefined, undefined, likely ? "likely" : "safe");
  const lines = settings.flatMap(({ above = [], line, below = [] }) => [...above.filter(isSetting), line, ...below]);
  if (!likely) return lines;
  const raised = lines.map((it) => STRICTEST[it] ?? it);
  const hardened = readAnew(unit, { dropIns: [...unit.dropIns.map((it) => it.text), text] });
  const more = leftOut(hardened, profile).map((it) => it.line);
  return [...raised, ...more.filter((it) => !NEEDS_MORE.has(directiveOf(it)))];
}

const isSetting = (line: string): boolean => !line.startsWith("#");

/** What the file cannot show to be safe, in place of what it can. */
const STRICTEST: Readonly<Record<string, string>> = {
  "ProtectSystem=full": "ProtectSystem=strict",
  "ProtectHome=read-only": "ProtectHome=tmpfs",
};

/**
 * Values that alone stop every service, and addresses and ports: a trial on this machine cannot show who connects from another
 * one, and where systemd has no filter of ports it shows nothing.
 */
const NEEDS_MORE: ReadonlySet<string> = new Set([
  "NoExecPaths",
  "TemporaryFileSystem",
  "IPAddressDeny",
  "IPAddressAllow",
  "SocketBindDeny",
  "SocketBindAllow",
]);

/** The lines of a drop-in, all of [Service]; throws where it says something else. */
export function linesOfDropIn(text: string): readonly string[] {
  const { nodes, sections } = parse(text);
  const other = sections.find((it) => it.name !== "Service");
  if (other) throw new Error(`only settings of [Service] can be tried, and this has [${other.name}]`);
  const wrong = nodes.find((it) => it.kind === "invalid" || (it.kind === "assignment" && sections.length === 0));
  if (wrong) throw new Error("systemd would ignore lines of this: see unit-warden check");
  const lines = nodes.flatMap((it) => (it.kind === "assignment" ? [`${it.key}=${it.text}`] : []));
  if (lines.length === 0) throw new Error("this has no settings");
  return lines;
}
