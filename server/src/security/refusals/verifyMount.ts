import { holdsIn, type Lifetime, type SystemdVersion } from "../../facts/version.ts";
import { stemFromPath, type UnitName } from "../../values/unitName.ts";
import type { UnitSettings } from "../settings.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** File systems that systemd or a container manager mounts (mount_point_is_api() and mount_point_ignore()). */
const API_MOUNTS: readonly string[] = [
  "/dev",
  "/dev/console",
  "/dev/pts",
  "/dev/shm",
  "/proc",
  "/proc/kmsg",
  "/proc/sys",
  "/proc/sys/kernel/random/boot_id",
  "/run",
  "/sys",
  "/sys/firmware/efi/efivars",
  "/sys/fs/bpf",
  "/sys/fs/cgroup",
  "/sys/fs/pstore",
  "/sys/fs/selinux",
  "/sys/fs/smackfs",
  "/sys/kernel/security",
];

/** Directories below which all is mounted by others. */
const API_TREES: readonly string[] = ["/run/host", "/run/credentials", "/sys/fs/cgroup"];

/** Follows mount_verify(), systemd 257 to 262. */
export function verifyMount(settings: UnitSettings, name: UnitName | undefined): Refusal | undefined {
  const misplaced = name && (verifyPlace(settings, name) ?? verifyFree(name, settings.version));
  if (misplaced) return misplaced;
  return settings.what === "" ? refusal("no-source", "What", "What= is missing, and a mount needs it") : undefined;
}

/** Where Debian mounts a file system of its own, as long as it patched systemd for it. */
const LOCKS: Lifetime & { readonly path: string } = {
  path: "/run/lock",
  since: Number.POSITIVE_INFINITY,
  except: [241, 247, 252, 254],
};

function verifyFree({ stem }: UnitName, version: SystemdVersion): Refusal | undefined {
  const mounts = holdsIn(LOCKS, version) ? [...API_MOUNTS, LOCKS.path] : API_MOUNTS;
  const taken =
    mounts.find((it) => stemFromPath(it) === stem) ??
    API_TREES.find((it) => `${stem}-`.startsWith(`${stemFromPath(it)}-`));
  if (taken === undefined) return undefined;
  return refusal("mount-point-taken", "Where", `${taken} is reserved, and units cannot mount it`);
}

/** A specifier that is left because only the machine knows what it stands for. */
const MACHINE = /%[A-Za-z]/;

/** The name of the unit says where it is mounted. Follows unit_name_to_path() and automount_verify(), systemd 257 to 262. */
export function verifyPlace({ where, kind }: UnitSettings, name: UnitName): Refusal | undefined {
  if (name.instance !== undefined) return noTemplate(kind);
  if (where !== "" && !MACHINE.test(where) && stemFromPath(where) !== name.stem) {
    const wanted = `${stemFromPath(where)}.${kind}`;
    return misnamed("Where", where, wanted);
  }
  if (kind === "automount" && name.stem === "-") {
    return refusal("mount-point-taken", "Where", "Where=/ cannot be an automount");
  }
  return undefined;
}

function noTemplate(kind: string): Refusal {
  return {
    code: "unit-name",
    message: `A ${kind} cannot be a template, as its name is a path: systemd refuses the unit`,
  };
}

/** The links that udev makes, by the tags of fstab(5). */
const TAG = /^(UUID|LABEL|PARTUUID|PARTLABEL)=(.+)$/s;

/** Follows swap_verify(), systemd 257 to 262; a path with `..` has no name at all. */
export function verifySwap({ what, kind }: UnitSettings, name: UnitName): Refusal | undefined {
  if (name.instance !== undefined) return noTemplate(kind);
  if (what === "" || MACHINE.test(what)) return undefined;
  const [, tag, label = ""] = TAG.exec(what) ?? [];
  const path = tag === undefined ? what : `/dev/disk/by-${tag.toLowerCase()}/${encoded(unquoted(label))}`;
  if (!path.startsWith("/")) {
    return refusal("mount-point", "What", `What=${what} is neither an absolute path nor a tag such as UUID=`);
  }
  if (path.split("/").includes("..") || stemFromPath(path) === name.stem) return undefined;
  return misnamed("What", what, `${stemFromPath(path)}.swap`);
}

function misnamed(directive: "Where" | "What", path: string, wanted: string): Refusal {
  const message = `${directive}=${path} belongs in a unit named ${wanted}`;
  return { ...refusal("mount-point", directive, message), fileName: wanted };
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** Follows encode_devnode_name(), systemd 257 to 262. */
function encoded(text: string): string {
  return text.replace(/[\x00-\x7f]/g, (char) =>
    /[A-Za-z0-9#+.:=@_-]/.test(char) ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
