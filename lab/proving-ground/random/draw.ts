import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Daemon } from "../daemon.ts";
import { run } from "../run.ts";

/** The name of the instance that a template is tried as, and of a second one. */
export const INSTANCES = ["probe", "second"] as const;

/** Looks into a package for a service that goes on running; undefined where it has none. */
export async function drawnDaemon(
  name: string,
  seed: string,
  listed: ReadonlySet<string>,
): Promise<Daemon | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-drawn-"));
  try {
    const units = (await unitsOf(name, folder)).filter(({ unit, text }) => !listed.has(unit) && goesOn(unit, text));
    const plain = units.filter((it) => !it.unit.includes("@"));
    const rank = (unit: string): string => createHash("sha256").update(`${seed} ${name} ${unit}`).digest("hex");
    const [first] = (plain.length > 0 ? plain : units).toSorted((a, b) => (rank(a.unit) < rank(b.unit) ? -1 : 1));
    if (!first) return undefined;
    const unit = first.unit.replace("@.", `@${INSTANCES[0]}.`);
    return { packages: [name], unit, role: "", probes: [], setup: BUS };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Many do not start without the bus, which is not among what every box starts. */
const BUS = "systemctl start dbus.socket 2>/dev/null || true";

const DOWNLOAD = `
cd "$1"
apt-get download -qq -o APT::Sandbox::User=root "$2" >/dev/null
dpkg-deb --fsys-tarfile ./*.deb | tar -x --wildcards './usr/lib/systemd/system/*.service' './lib/systemd/system/*.service' 2>/dev/null
true`;

async function unitsOf(
  name: string,
  folder: string,
): Promise<readonly { readonly unit: string; readonly text: string }[]> {
  await run(["sh", "-c", DOWNLOAD, "sh", folder, name], { seconds: 120 });
  return ["usr/lib/systemd/system", "lib/systemd/system"].flatMap((it) => {
    const place = join(folder, it);
    try {
      const files = readdirSync(place, { withFileTypes: true }).filter((file) => file.isFile());
      return files.map(({ name: unit }) => ({ unit, text: readFileSync(join(place, unit), "utf8") }));
    } catch {
      return [];
    }
  });
}

/** Whether a service is a daemon: nothing that ends after its work, and no script of init that systemd only calls. */
function goesOn(unit: string, text: string): boolean {
  const ends = /^Type=\s*(?:oneshot|idle)/m.test(text) || /^Exec\w+=.*\/init\.d\//m.test(text);
  return /^ExecStart=./m.test(text) && !ends && !/^systemd-|^user(?:-runtime-dir)?@/.test(unit);
}
