import { Recent } from "../text/recent.ts";
import { memo } from "../units/memo.ts";
import { type Facts, unitWords } from "./facts.ts";
import { isOfKind } from "./kinds.ts";
import { firstMatch, firstMatchOf, inForce, isOn, paths, setting, textOf, words } from "./settings.ts";

/** Whether a command names its display, whose socket lies in /tmp. */
export const displayed = memo((programs: Facts["programs"]): string | undefined =>
  programs.some(({ args }) => args.some((it) => /^--?display(?:=|$)/.test(it)))
    ? "it talks to a display through /tmp"
    : undefined,
);

/** What shows a program for the pins and buses of a small board. */
export function board({ programs, programPaths }: Facts): string | undefined {
  const own = firstMatch(programPaths, /^\/home\/pi\/./);
  return boardOf(programs) ?? (own === undefined ? undefined : `the pins of a board, as ${own} may`);
}

const boardOf = memo((programs: Facts["programs"]): string | undefined => {
  const all = programs.flatMap(({ path, args }) => [path, ...args]);
  const word = firstMatch(all, BOARD);
  return word === undefined ? undefined : BOARD.exec(word)?.[1];
});

const BOARD =
  /(?:^|[^a-z])((?:pi)?gpio(?:zero|d)?|i2c|spidev|smbus2?|wiringpi|neopixels?|ws281x|ds18b20|dht(?:11|22)|bm[ep]280|ssd1306)(?![a-z])/i;

/** What shows a program that computes on graphics processors: a variable, an option, or the folder that it lies in. */
export const graphics = ({ programs, programPaths, unit }: Facts): string | undefined =>
  firstMatch(words(unit, "Environment"), /^(?:CUDA|ROCR?|HIP|HSA|NVIDIA|GPU|ZE|VLLM|OLLAMA)_\w+=/)?.replace(
    /=.*$/s,
    "",
  ) ??
  graphicsOption(programs) ??
  graphicsFolder(programPaths);

const graphicsOption = memo((programs: Facts["programs"]): string | undefined =>
  firstMatchOf(
    programs.map((it) => it.args),
    /^--?(?:n-)?gpu[\w-]*(?:=|$)|^(?:--device[= ]?)?cuda(?::\d+)?$/i,
  ),
);

const graphicsFolder = memo((programPaths: Facts["programPaths"]): string | undefined =>
  [...new Set(programPaths)].find((path) => path.split("/").some(isOfGpus)),
);

/** Folders are shared by many programs, whose own names are never asked for twice. */
const GPU_NAMES = new Recent<string, boolean>(512);

function isOfGpus(name: string): boolean {
  const known = GPU_NAMES.get(name);
  if (known !== undefined) return known;
  const is = isOfKind(name, "gpu");
  GPU_NAMES.set(name, is);
  return is;
}

/** Groups whose members may open some hardware. */
export const DEVICE_GROUPS =
  /^(?:disk|dialout|video|render|audio|input|kvm|plugdev|tty|lp|i2c|gpio|spi|uucp|tape|cdrom|optical|scanner|usb|tss|netdev|bluetooth)$/;

/** The devices of DeviceAllow=, without their rights. */
export function devicesAllowed({ unit }: Facts): readonly string[] {
  return inForce(unit, "DeviceAllow").map((it) => it.value.text.split(/\s+/)[0] ?? "");
}

/** Device nodes, without those that every program may use. */
export const DEVICE =
  /^\/dev\/(?!(?:null|zero|full|u?random|tty|std\w+|fd|shm|log|pts|ptmx|mqueue|hugepages|console)(?:\/|$))./;

/** All devices that the commands and the environment name, without pseudo devices. */
export const namedDevices = ({ paths: all }: Facts): readonly string[] => all.filter((it) => DEVICE.test(it));

/** A device that the unit shows to need; pseudo devices stay in a private /dev. */
export function device(facts: Facts): string | undefined {
  const { unit } = facts;
  const group = firstMatchOf([words(unit, "SupplementaryGroups"), words(unit, "Group")], DEVICE_GROUPS);
  const tty = setting(unit, "StandardInput")?.value.startsWith("tty") || textOf(unit, "TTYPath") !== undefined;
  const unitDevice = firstMatch(unitWords(unit), /\.device$|^systemd-udev-settle|^modprobe@/);
  const path = kernelPath(facts, DEVICE);
  return path ?? unitDevice ?? devicesAllowed(facts)[0] ?? group ?? (tty ? "a terminal" : rawAccess(facts));
}

/** The same, where no list of the unit's own says yet which devices are allowed: ProtectClock= makes such a list (pitfall 57). */
export function closedDevice(facts: Facts): string | undefined {
  const listed = devicesAllowed(facts).length > 0 || isOn(facts.unit, "PrivateDevices");
  return listed ? undefined : device(facts);
}

function rawAccess(facts: Facts): string | undefined {
  return ["CAP_SYS_RAWIO", "CAP_MKNOD"].find((it) => facts.capabilities.includes(it));
}

/** A path of the kernel, such as a device, of the commands, the settings or the conditions. */
export function kernelPath(facts: Facts, path: RegExp): string | undefined {
  const { paths: all, unit } = facts;
  const lists = [all, paths(unit, "ReadWritePaths"), paths(unit, "BindPaths"), unitWords(unit)];
  return firstMatchOf(lists.map(kernelPaths), path);
}

const kernelPaths = memo((list: readonly string[]): readonly string[] =>
  // Of thousands of words hardly one is such a path.
  list.filter((it) => /^[|!]*\/(?:dev|proc|sys)(?:\/|$)/.test(it)).map((it) => it.replace(/^[|!]*/, "")),
);
