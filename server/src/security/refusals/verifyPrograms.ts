import { holdsIn } from "../../facts/version.ts";
import { DIRECTORY_SETTINGS } from "../../units/directories.ts";
import { isBelowApiVfs } from "../../values/path.ts";
import type { UnitSettings } from "../settings.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** Follows unit_verify_contexts(), systemd 257 to 262. */
export function verifyPrograms(settings: UnitSettings): Refusal | undefined {
  const { version, scope, workingDirectory } = settings;
  if (!holdsIn(DYNAMIC_CHECKS, version)) return verifySession(settings);
  if (settings.dynamicUser && scope === "user") {
    return refusal("dynamic-user-scope", "DynamicUser", "DynamicUser= is not available in a user manager");
  }
  if (settings.dynamicUser && workingDirectory === "~") {
    return refusal(
      "dynamic-user-home",
      "WorkingDirectory",
      "WorkingDirectory=~ needs a home directory, which a dynamic user does not have",
    );
  }
  if (holdsIn(NAMESPACE_CHECKS, version) && isBelowApiVfs(workingDirectory) && needsMountNamespace(settings)) {
    const message = "WorkingDirectory= cannot be below /proc, /sys or /dev in a mount namespace";
    return refusal("working-directory", "WorkingDirectory", message);
  }
  if (settings.privatePids !== "no" && settings.kind !== "service") {
    return refusal("private-pids-kind", "PrivatePIDs", "PrivatePIDs=yes is only allowed in a service");
  }
  return verifySession(settings) ?? (holdsIn(MORE_CHECKS, version) ? verifyMore(settings) : undefined);
}

/** Since when dynamic users are checked, and what is mounted, and since when what is newer. */
const DYNAMIC_CHECKS = { since: 256 };
const NAMESPACE_CHECKS = { since: 257 };
const MORE_CHECKS = { since: 260 };
const PAM_CHECK = { since: 262 };

/** Since when sockets, mounts and swaps are checked as services are. */
const SAME_FOR_ALL = { since: 257 };

const takesMixed = ({ kind, version }: UnitSettings): boolean => kind === "service" || holdsIn(SAME_FOR_ALL, version);

/** The processes of a session may not outlive it. */
function verifySession(settings: UnitSettings): Refusal | undefined {
  const { pamName, killMode } = settings;
  const mixed = takesMixed(settings);
  if (pamName === "" || killMode === "control-group" || (killMode === "mixed" && mixed)) return undefined;
  const modes = mixed ? "KillMode=control-group or KillMode=mixed" : "KillMode=control-group";
  return refusal("pam-kill-mode", "KillMode", `PAMName= needs ${modes}`);
}

/** Follows unit_verify_contexts(), systemd 262; the settings are older or came with 259 and 260. */
function verifyMore(settings: UnitSettings): Refusal | undefined {
  const { pamName, privateUsers, version } = settings;
  if (holdsIn(PAM_CHECK, version) && pamName !== "" && settings.privatePids !== "no") {
    return refusal("pam-private-pids", "PrivatePIDs", "PrivatePIDs=yes cannot be combined with PAMName=");
  }
  if (privateUsers !== "no" && settings.present.has("UserNamespacePath")) {
    return refusal("user-namespace-path", "PrivateUsers", "PrivateUsers= cannot be combined with UserNamespacePath=");
  }
  const someone = settings.user !== "" || settings.group !== "" || settings.dynamicUser || pamName !== "";
  if (privateUsers === "managed" && someone) {
    const message = "PrivateUsers=managed cannot be combined with User=, Group=, DynamicUser= or PAMName=";
    return refusal("managed-users", "PrivateUsers", message);
  }
  return undefined;
}

const MOUNTED =
  "ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths BindPaths TemporaryFileSystem ExtensionImages " +
  "ExtensionDirectories LogNamespace IPCNamespacePath";
const MOUNTS: readonly string[] = MOUNTED.split(" ");

/**
 * Follows exec_needs_mount_namespace() as it is asked at load, systemd 257 to 262, on a machine with control group
 * namespaces; without them ProtectControlGroups=private would not count.
 */
export function needsMountNamespace(settings: UnitSettings): boolean {
  const { present, privateMounts, rootDirectory } = settings;
  const network = settings.privateNetwork || present.has("NetworkNamespacePath");
  return (
    settings.rootImage !== "" ||
    settings.rootMStack !== "" ||
    settings.mountImages > 0 ||
    MOUNTS.some((it) => present.has(it)) ||
    (settings.mountFlags !== "" && settings.mountFlags !== "shared") ||
    settings.privateTmp === "disconnected" ||
    settings.privateDevices ||
    (privateMounts ?? network) ||
    settings.protectSystem !== "no" ||
    settings.protectHome !== "no" ||
    settings.protectKernelTunables ||
    settings.protectKernelModules ||
    settings.protectKernelLogs ||
    settings.protectControlGroups !== "no" ||
    settings.protectProc !== "default" ||
    settings.procSubset !== "all" ||
    settings.privateIpc ||
    settings.privateBpf !== "no" ||
    settings.privatePids !== "no" ||
    settings.mountApiVfs === true ||
    settings.bindLogSockets === true ||
    (rootDirectory !== "" && rootDirectory !== "/" && (settings.mountApiVfs ?? true)) ||
    (rootDirectory !== "" && DIRECTORY_SETTINGS.some((it) => present.has(it)))
  );
}
