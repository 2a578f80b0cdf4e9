import { type ServiceWorld, serviceWorld, spotAt } from "../security/world/world.ts";
import type { Unit } from "../units/unit.ts";
import { normalPath } from "./paths.ts";

/** What ExecPaths= needs for dynamically linked programs; not every distribution has the second one. */
export const LIBRARIES = "/usr/lib -/usr/lib64";

/**
 * Whether the sandbox lets nothing be executed of what may be the loader of dynamically linked programs, wherever
 * the distribution has it: the kernel runs it together with the program.
 */
export function isLoaderClosed(unit: Unit): boolean {
  const world = serviceWorld(unit);
  return world !== undefined && PLACES.every((it) => isClosedAt(world, it)) && mountedPlaces(world).length === 0;
}

/** Debian and derivatives have it below the first one, Fedora and similar systems in both, Arch in the first one. */
const PLACES = ["/usr/lib", "/usr/lib64"] as const;

/** What holds loaders or is one: places of architectures, files such as ld-linux-x86-64.so.2, and stores with everything in them. */
const HOLDS_LOADER = /^\/usr\/lib\w*(?:\/[\w.]+-linux-\w+)?$|\/ld[-.][^/]*$|^\/(?:nix|gnu)(?:\/|$)/;

const isClosedAt = (world: ServiceWorld, path: string): boolean => spotAt(world, path).executable === false;

const mountedPlaces = (world: ServiceWorld): readonly string[] =>
  [...world.files.mounts.keys()].filter((it) => HOLDS_LOADER.test(it) && !isClosedAt(world, it));

/** How sure it is that a program needs the loader, by its path alone; undefined where nothing shows it. */
export function needsLoader(unit: Unit, path: string): "surely" | "mostly" | undefined {
  const plain = normalPath(unit, path);
  if (plain === undefined || /^\/(?:nix|gnu)\//.test(plain)) return undefined;
  // The interpreter of a script does.
  if (/\.(?:sh|bash|py|pl|rb|php)$/.test(plain)) return "surely";
  const [, name] = /^(?:\/usr)?\/(?:s?bin|lib|libexec)\/(?:.*\/)?([^/]+)$/.exec(plain) ?? [];
  if (name === undefined) return undefined;
  return COMMON.has(name.replace(/(?<![\d.])[\d.]+$/, "")) || /^systemd-/.test(name) ? "surely" : "mostly";
}

/** Programs that no distribution with systemd links statically: its shells, its usual tools, its interpreters. */
const COMMON = new Set(
  (
    "sh bash dash zsh env true false test cat cp mv rm ln ls mkdir rmdir touch chmod chown chgrp install sleep echo printf " +
    "sed grep awk gawk mawk find xargs sort head tail tee date stat kill pkill su runuser setpriv mount umount flock " +
    "python perl ruby node php lua tclsh java systemctl journalctl curl wget rsync ssh"
  ).split(" "),
);
