import type { UnitPath } from "./unitPath.ts";

/**
 * The folders that a manager looks into, the strongest first. Follows lookup_paths_init(), systemd 257 to 262, with /lib
 * after /usr/lib, where packages of old still put files.
 */
export const LOAD_PATHS: Readonly<Record<UnitPath["scope"], readonly string[]>> = {
  system: [
    "etc/systemd/system.control",
    "run/systemd/system.control",
    "run/systemd/transient",
    "run/systemd/generator.early",
    "etc/systemd/system",
    "etc/systemd/system.attached",
    "run/systemd/system",
    "run/systemd/system.attached",
    "run/systemd/generator",
    "usr/local/lib/systemd/system",
    "usr/lib/systemd/system",
    "lib/systemd/system",
    "run/systemd/generator.late",
  ],
  user: [
    ".config/systemd/user.control",
    "run/user/*/systemd/user.control",
    "run/user/*/systemd/transient",
    "run/user/*/systemd/generator.early",
    ".config/systemd/user",
    "etc/xdg/systemd/user",
    "etc/systemd/user",
    "run/user/*/systemd/user",
    "run/systemd/user",
    "run/user/*/systemd/generator",
    ".local/share/systemd/user",
    "usr/local/share/systemd/user",
    "usr/share/systemd/user",
    "usr/local/lib/systemd/user",
    "usr/lib/systemd/user",
    "lib/systemd/user",
    "run/user/*/systemd/generator.late",
  ],
};
