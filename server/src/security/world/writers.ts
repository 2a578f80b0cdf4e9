import type { Unit } from "../../units/unit.ts";
import { foldersAbove, isWithin } from "../../values/path.ts";
import { holds, startsAsRoot } from "../checks/rights.ts";
import { effective } from "../effective.ts";
import { DEVICE_NODES } from "./tables.ts";
import type { ServiceWorld, Spot } from "./world.ts";

/** Who owns a place that is writable in the sandbox: its files may be another's all the same. */
export type PlaceOwner = "service" | "everyone" | "root" | "unknown";

/** To whom a place belongs; undefined where the sandbox forbids writing. */
function ownerAt(world: ServiceWorld, spot: Spot): PlaceOwner | undefined {
  if (spot.writable !== true) return undefined;
  const own = world.directories.find((it) => isWithin(spot.path, it.path) || isWithin(spot.real, it.path));
  // systemd leaves what ConfigurationDirectory= makes to root.
  if (own) return own.by.directive === "ConfigurationDirectory" ? "root" : "service";
  if (spot.state === "private") return PRIVATE.test(spot.path) ? "everyone" : "root";
  if (spot.state === "empty") return /^[^:]*:.*\b(?:mode|uid|gid)=/.test(spot.by?.value ?? "") ? "unknown" : "root";
  const place = spot.from ?? spot.real;
  if (EVERYONE.has(place)) return "everyone";
  return ROOT.has(place) || [...foldersAbove(place)].some((it) => ROOT_BELOW.has(it)) ? "root" : "unknown";
}

/**
 * Whether the programs of a service may write at a place, by the sandbox and by what every host has: null where only the
 * permissions of the host's files can tell.
 */
export function mayWrite(unit: Unit, world: ServiceWorld, spot: Spot): boolean | null {
  if (spot.writable !== true) return spot.writable === undefined ? null : false;
  const owner = ownerAt(world, spot);
  const { settings } = effective(unit);
  if (startsAsRoot(settings)) return owner !== "unknown" || holds(settings, "CAP_DAC_OVERRIDE") ? true : null;
  return owner === "unknown" ? null : owner !== "root";
}

/** To whom a place belongs, where that decides whether the service may write there: for root only what is unknown does. */
export function decidingOwner(unit: Unit, world: ServiceWorld, spot: Spot): PlaceOwner | undefined {
  const owner = ownerAt(world, spot);
  const { settings } = effective(unit);
  // That it may write in a /tmp of its own goes without saying.
  if (!startsAsRoot(settings)) return owner === "everyone" && spot.state === "private" ? undefined : owner;
  return owner === "unknown" && !holds(settings, "CAP_DAC_OVERRIDE") ? owner : undefined;
}

/** A /tmp of the service alone has the mode of the real one; its nodes of devices are open to all. */
const PRIVATE = /^\/(?:tmp|var\/tmp)(?:\/|$)|^\/dev\/(?:shm|mqueue|ptmx|null|zero|full|random|urandom|tty)$/;

/** What every user may write on every host. */
const EVERYONE: ReadonlySet<string> = new Set([
  "/tmp",
  "/var/tmp",
  "/dev/shm",
  ...DEVICE_NODES.map((it) => `/dev/${it}`),
]);

/** Directories that belong to root on every host; what others may write below them is another matter. */
const ROOT: ReadonlySet<string> = new Set([
  "/",
  "/boot",
  "/dev",
  "/efi",
  "/etc",
  "/home",
  "/proc",
  "/proc/sys",
  "/root",
  "/run",
  "/run/systemd",
  "/run/user",
  "/sys",
  "/sys/fs/cgroup",
  "/usr",
  "/usr/bin",
  "/usr/lib",
  "/usr/local",
  "/usr/sbin",
  "/usr/share",
  "/var",
  "/var/cache",
  "/var/lib",
]);

/** Directories in which all is root's. */
const ROOT_BELOW: ReadonlySet<string> = new Set(["/boot", "/efi", "/usr/bin", "/usr/lib", "/usr/sbin", "/sys"]);
