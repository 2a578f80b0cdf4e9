import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Daemon } from "./daemon.ts";
import { run } from "./run.ts";

/** Where installed daemons are kept between two runs: each in a layer of its own over the file system of this machine. */
const PLACE = join(tmpdir(), "unit-warden-proving-ground");

/** What is installed in a layer. */
type Installed = Pick<Daemon, "packages">;

/** Gives `use` such a root. */
export async function withLayer<T>(installed: Installed, use: (root: string) => Promise<T>): Promise<T> {
  const { root, close } = await openLayer(installed);
  try {
    return await use(root);
  } finally {
    await close();
  }
}

/**
 * A root in which packages are installed, by apt-get without starting anything, until it is closed. The machine itself
 * stays as it is, and daemons that exclude each other can be tried side by side.
 */
export async function openLayer(daemon: Installed): Promise<{ readonly root: string; close(): Promise<void> }> {
  const place = placeOf(daemon);
  const [root, upper, work, note] = ["root", "upper", "work", "packages"].map((it) => join(place, it)) as [
    string,
    string,
    string,
    string,
  ];
  // A layer fits only the file system that it was made over.
  const wanted = `${daemon.packages.join(" ")} over ${statSync("/var/lib/dpkg/status").mtimeMs}`;
  const installed = existsSync(note) && readFileSync(note, "utf8") === wanted;
  await run(["umount", "--quiet", root]);
  if (!installed) rmSync(place, { recursive: true, force: true });
  for (const it of [root, upper, work]) mkdirSync(it, { recursive: true });
  const options = `lowerdir=/,upperdir=${upper},workdir=${work}`;
  const mounted = await run(["mount", "-t", "overlay", "overlay", root, "-o", options]);
  if (mounted.status !== 0) throw new Error(`no layer over this file system: ${mounted.output.trim()}`);
  const close = async (): Promise<void> => {
    await run(["umount", "--lazy", root]);
  };
  try {
    if (!installed) await install(root, daemon.packages);
    writeFileSync(note, wanted);
    return { root, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Removes what was installed for a daemon. */
export function removeLayer(daemon: Installed): void {
  rmSync(placeOf(daemon), { recursive: true, force: true });
}

const placeOf = ({ packages }: Installed): string => join(PLACE, packages.join("+"));

/** Runs in name spaces of its own, so that nothing that a package starts outlives it. */
const INSTALL = `
set -e
root=$1; shift
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
printf '#!/bin/sh\\nexit 101\\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
rm -f "$root"/etc/apt/apt.conf.d/docker-clean
# Pages and translations are nothing that a daemon opens.
printf 'path-exclude=/usr/share/man/*\\npath-exclude=/usr/share/doc/*\\npath-exclude=/usr/share/locale/*\\n' > "$root/etc/dpkg/dpkg.cfg.d/lean"
# Boxes share the kernel's count of processes of a user, which some daemons limit: each has its own numbers.
first=$((100 + $(printf %s "$*" | cksum | cut -d' ' -f1) % 80 * 10))
printf 'FIRST_SYSTEM_UID=%s\nFIRST_SYSTEM_GID=%s\n' $first $first >> "$root/etc/adduser.conf"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
exec chroot "$root" apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io \\
  -o Dpkg::Options::=--force-confnew -o APT::Install-Suggests=false "$@"
`;

async function install(root: string, packages: readonly string[]): Promise<void> {
  const script = ["sh", "-c", INSTALL, "sh", root, ...packages];
  const done = await run(["unshare", "--mount", "--pid", "--fork", "--kill-child", ...script], { seconds: 900 });
  if (done.status !== 0) throw new Error(`apt-get install ${packages.join(" ")}: ${done.output.trim().slice(-400)}`);
}
