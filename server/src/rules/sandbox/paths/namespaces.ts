import { removeLines } from "../../../findings/edits.ts";
import type { LineRule, Rule } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { needsMountNamespace } from "../../../security/refusals/verifyPrograms.ts";
import { ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { MAX_COMMANDS } from "../../../service/program.ts";
import { setting, textOf } from "../../../service/settings.ts";
import { firstLines, type OnLine, onLines } from "../../../units/lineLists.ts";
import { memo } from "../../../units/memo.ts";
import { linesInForce, ownFile, type Unit, valuesInForce } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";

/** Whether what a service mounts stays inside it, leaving out the settings that say so themselves. */
function isCutOff(unit: Unit): boolean {
  const { settings } = effective(unit);
  return needsMountNamespace(settings) || settings.privateTmp !== "no";
}

/** Seen with 257: a mount of such a service does not reach the host. */
export const propagation: Rule = {
  code: "sandbox/mount-propagation",
  needs: ["PrivateMounts", "MountFlags"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const open = setting(unit, "PrivateMounts")?.value === "no";
    const name = open ? "PrivateMounts" : "MountFlags";
    if (!open && setting(unit, "MountFlags")?.value !== "shared") return;
    const node = ownLast(unit, name);
    if (!node || effective(unit).settings.privateMounts === true || !isCutOff(unit)) return;
    const message = `${name}=${node.text} has no effect: other settings give the service a mount namespace, and its mounts do not propagate to the host`;
    yield { ...node.valueSpan, severity: "warning", message, directive: name };
  },
};

/** Every command has a mount namespace of its own, one with `+` too (seen with 257). */
export const lostMount: Rule = {
  code: "sandbox/lost-mount",
  needs: ["ExecStartPre"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const mounts = mountsIn(mountLines(firstLines(linesInForce(unit, "Service", "ExecStartPre"), MAX_COMMANDS)));
    if (mounts.length === 0 || !(isCutOff(unit) || effective(unit).settings.privateMounts === true)) return;
    for (const path of mounts) {
      const place = placeOfText(unit, "ExecStartPre", path);
      if (!place) continue;
      yield {
        ...place.span,
        severity: "warning",
        message: "ExecStartPre= mounts in its own mount namespace: the mount is gone when ExecStart= runs",
        directive: "ExecStartPre",
      };
    }
  },
};

/** The commands that mount something, with what they mount; each says its own text. */
const mountsIn = memo((all: readonly OnLine<string>[]): readonly string[] => [...new Set(all.map((it) => it.found))]);

const mountLines = onLines(({ value: { text } }): readonly string[] => {
  const command = /^[-@:!+|]*(\/(?:usr\/)?bin\/mount\s.*)$/s.exec(text)?.[1];
  return command === undefined ? [] : [command];
});

/** Follows exec_context_with_rootfs(), systemd 257 to 262. */
export const hostRoot: Rule = {
  code: "sandbox/host-root",
  needs: ["RootDirectory"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service" || !/^\/+$/.test(textOf(unit, "RootDirectory") ?? ""))
      return;
    const node = ownLast(unit, "RootDirectory");
    // In a drop-in it takes back the root that the unit has.
    if (!node || valuesInForce(unit, "Service", "RootDirectory").some((it) => !/^\/+$/.test(it))) return;
    yield {
      ...node.valueSpan,
      severity: "info",
      message: "RootDirectory=/ has no effect: it is the root directory of the host",
      directive: "RootDirectory",
      tag: "unnecessary",
      fixes: [removal(unit, "RootDirectory", false)],
    };
  },
};

/** What does the same, or nearly, in user units. */
const INSTEAD: Readonly<Record<string, string>> = {
  ProtectProc: "; PrivatePIDs=yes hides other processes there",
  ProcSubset: "; PrivatePIDs=yes hides other processes there",
  RemoveIPC: "; PrivateIPC=yes gives the service its own IPC objects there",
};

/** Follows the notes of systemd.exec(5) and what 257 does. */
export const systemOnly: LineRule = {
  code: "sandbox/system-only",
  *line({ directive, node }, unit) {
    if (unit.path.scope !== "user") return;
    if (node.text === "") return;
    if (LABELS.has(node.key)) {
      if (directive) yield { ...node.keySpan, severity: "info", message: triedAnyhow(node.key), directive: node.key };
      return;
    }
    if (directive?.scope !== "system" || UNCERTAIN.has(directive.name)) return;
    yield {
      ...node.keySpan,
      severity: "warning",
      ...(node.key === "LogNamespace" ? fails(node.key) : isIdle(node.key)),
      directive: node.key,
      fixes: [{ title: `Remove ${node.key}=`, safe: true, edits: () => [removeLines(ownFile(unit), node)] }],
    };
  },
};

const fails = (key: string) => ({
  message: `${key}= makes the start fail with 226/NAMESPACE in a user unit: only the system manager supports it`,
});

const isIdle = (key: string) => ({
  message: `${key}= has no effect in a user unit: only the system manager supports it${INSTEAD[key] ?? ""}`,
  tag: "unnecessary" as const,
});

/**
 * What a user manager asks the kernel for as the system manager does, systemd 257 to 262, though the manual says of
 * AppArmorProfile= that it is not supported there: whether it confines depends on the policy that is loaded.
 */
const LABELS: ReadonlySet<string> = new Set(["AppArmorProfile", "SmackProcessLabel"]);

const triedAnyhow = (key: string): string =>
  `${key}= is meant for system units: a user manager sets it as well, and the start fails where the policy does not allow its user that`;

/** Of these the manual says both: that they are for system units, and that PrivateUsers= brings them to user units. */
const UNCERTAIN: ReadonlySet<string> = new Set(["ProtectControlGroups"]);
