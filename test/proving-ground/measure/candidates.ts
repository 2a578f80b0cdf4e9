import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Daemon } from "../daemon.ts";
import { DAEMONS } from "../daemons.ts";
import { OUTSIDE } from "../outside.ts";

/** Services of Debian packages, and among them those that have a question of their own. */
export interface Candidate {
  readonly daemon: Daemon;
  /** Whether the table has questions for it, which are asked instead of those that every server gets. */
  readonly asked: boolean;
}

/** Daemons of the tables first, then all other services of the corpus that go on running; the same order each time. */
export function candidates(corpus: string): readonly Candidate[] {
  const known = [...DAEMONS, ...OUTSIDE].map((daemon) => ({ daemon, asked: true }));
  const units = new Set(known.map((it) => it.daemon.unit));
  const others = readdirSync(corpus)
    .toSorted()
    .flatMap((name) => servicesOf(join(corpus, name)).map((unit) => ({ name, unit })))
    .filter(({ unit }) => !units.has(unit));
  const later = others.filter(
    ({ name, unit }) => NEEDS_OTHERS.test(name) || others.find((it) => it.unit === unit)?.name !== name,
  );
  const first = others.filter((it) => !later.includes(it));
  return [
    ...known,
    ...[...first, ...later].map(({ name, unit }) => ({
      daemon: { packages: [name] as const, unit, role: "", probes: [] },
      asked: false,
    })),
  ];
}

/** Parts of a cloud, which do nothing without a database and a queue, and desktops: tried last. */
const NEEDS_OTHERS =
  /^(?:aodh|barbican|ceilometer|cinder|cloudkitty|designate|glance|gnocchi|heat|ironic|keystone|magnum|manila|masakari|mistral|neutron|nova|octavia|placement|swift|trove|vitrage|watcher|zaqar|osmo|gnome|kde|plasma)-/;

const FOLDER = "usr/lib/systemd/system";

/** The services of a package that run by themselves: no templates, and nothing that ends after its work. */
function servicesOf(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(join(folder, FOLDER), { withFileTypes: true }).flatMap((it) => (it.isFile() ? [it.name] : []));
  } catch {
    return [];
  }
  return names.toSorted().filter((name) => {
    if (!name.endsWith(".service") || basename(name).includes("@")) return false;
    const text = readFileSync(join(folder, FOLDER, name), "utf8");
    return (
      /^ExecStart=./m.test(text) && !/^Type=\s*(?:oneshot|idle)/m.test(text) && !/^Exec\w+=.*\/init\.d\//m.test(text)
    );
  });
}
