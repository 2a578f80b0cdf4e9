import { stemFromPath, type UnitName } from "../../units/unitName.ts";
import type { Settings } from "../settings.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** What each other kind of unit asks for. Follows socket_verify(), timer_verify() and their kin, systemd 257 to 262. */
export function verifyOther(settings: Settings, name: UnitName): Refusal | undefined {
  const { kind, present } = settings;
  switch (kind) {
    case "scope":
      return { code: "no-file", message: "Scopes are not made from files: systemd finds none here" };
    case "socket":
      return present.has("Listen")
        ? undefined
        : refusal("nothing-to-do", "ListenStream", "This socket listens on nothing");
    case "timer":
      return present.has("Timer") ? undefined : refusal("nothing-to-do", "OnCalendar", "This timer never elapses");
    case "path":
      return present.has("Path") ? undefined : refusal("nothing-to-do", "PathExists", "This unit watches no path");
    case "mount":
      return verifyPlace(settings, name) ?? (settings.what === "" ? NO_SOURCE : undefined);
    case "automount":
      return verifyPlace(settings, name);
    case "swap":
      return verifySwap(settings, name);
    default:
      return undefined;
  }
}

const NO_SOURCE = refusal("no-source", "What", "A mount needs What=");

/** File systems that systemd mounts by itself (mount_point_is_api()). */
const API_MOUNTS: readonly string[] = [
  "/dev",
  "/dev/pts",
  "/dev/shm",
  "/proc",
  "/run",
  "/sys",
  "/sys/firmware/efi/efivars",
  "/sys/fs/bpf",
  "/sys/fs/cgroup",
  "/sys/fs/pstore",
  "/sys/kernel/security",
];

function verifyPlace({ where, kind }: Settings, name: UnitName): Refusal | undefined {
  if (where !== "" && stemFromPath(where) !== name.stem) {
    const wanted = `${stemFromPath(where)}.${kind}`;
    return refusal("mount-point", "Where", `A unit for Where=${where} must be named ${wanted}`);
  }
  if (kind === "automount" && name.stem === "-") {
    return refusal("mount-point", "Where", "The root directory cannot be mounted on access");
  }
  const api = API_MOUNTS.find((it) => stemFromPath(it) === name.stem);
  const taken = kind === "mount" && api !== undefined;
  return taken ? refusal("mount-point", "Where", `${api} is mounted by systemd itself`) : undefined;
}

/** Only paths are compared: what a tag such as UUID= becomes, udev decides. */
function verifySwap({ what }: Settings, name: UnitName): Refusal | undefined {
  if (!what.startsWith("/") || stemFromPath(what) === name.stem) return undefined;
  return refusal("mount-point", "What", `A unit for What=${what} must be named ${stemFromPath(what)}.swap`);
}
