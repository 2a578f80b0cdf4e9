import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { templateOf } from "../../../server/src/units/index/target.ts";
import type { Daemon } from "../daemon.ts";
import { DAEMONS } from "../daemons.ts";
import { OUTSIDE } from "../outside.ts";

/** Services of Debian packages, and among them those that have a question of their own. */
export interface Candidate {
  readonly daemon: Daemon;
  /** Whether the table has questions for it, which are asked instead of those that every server gets. */
  readonly asked: boolean;
}

/**
 * Daemons of the tables first, then all other services that go on running; the same order each time. Only units that the
 * corpus has are measured, so that there are others to try on what was made of these.
 */
export function candidates(corpus: string): readonly Candidate[] {
  const all = readdirSync(corpus)
    .toSorted()
    .flatMap((name) => filesOf(join(corpus, name)).map((unit) => ({ name, unit })));
  const units = new Set(all.map((it) => it.unit));
  const known = [...DAEMONS, ...OUTSIDE]
    .filter(({ unit }) => units.has(templateOf(unit)))
    .map((daemon) => ({ daemon, asked: true }));
  const inTables = new Set(known.map((it) => it.daemon.unit));
  const others = all.filter(({ name, unit }) => !inTables.has(unit) && goesOn(join(corpus, name, FOLDER), unit));
  const ranked = others.map((it) => ({ ...it, rank: rankOf(join(corpus, it.name, FOLDER), it, others) }));
  return [
    ...known,
    ...ranked
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ name, unit }) => ({
        daemon: { packages: [name] as const, unit, role: "", probes: [], setup: BUS },
        asked: false,
      })),
  ];
}

/** Parts of a cloud, which do nothing without a database and a queue, and desktops: tried last. */
const NEEDS_OTHERS =
  /^(?:aodh|barbican|ceilometer|cinder|cloudkitty|designate|glance|gnocchi|heat|ironic|keystone|magnum|manila|masakari|mistral|neutron|nova|octavia|placement|swift|trove|vitrage|watcher|zaqar|osmo|gnome|kde|plasma)-/;

/** Many do not start without the bus, which is not among what every box starts. */
const BUS = "systemctl start dbus.socket 2>/dev/null || true";

interface Service {
  /** The package that brings it. */
  readonly name: string;
  readonly unit: string;
}

/** Those come first that most likely run without settings, hardware and other services: with a user of their own, no conditions and no devices. */
function rankOf(folder: string, { name, unit }: Service, all: readonly Service[]): number {
  const text = readFileSync(join(folder, unit), "utf8");
  const isAgain = all.find((it) => it.unit === unit)?.name !== name;
  if (isAgain || NEEDS_OTHERS.test(name)) return 3;
  if (/^(?:Condition|BindsTo|BusName)\w*=|\bdev-|graphical|display-manager/m.test(text)) return 2;
  return /^User=/m.test(text) ? 0 : 1;
}

const FOLDER = "usr/lib/systemd/system";

function filesOf(folder: string): readonly string[] {
  try {
    const all = readdirSync(join(folder, FOLDER), { withFileTypes: true });
    return all.flatMap((it) => (it.isFile() && it.name.endsWith(".service") ? [it.name] : [])).toSorted();
  } catch {
    return [];
  }
}

/** Whether a service runs by itself: no template, and nothing that ends after its work. */
function goesOn(folder: string, name: string): boolean {
  if (name.includes("@")) return false;
  const text = readFileSync(join(folder, name), "utf8");
  const ends = /^Type=\s*(?:oneshot|idle)/m.test(text) || /^Exec\w+=.*\/init\.d\//m.test(text);
  return /^ExecStart=./m.test(text) && !ends;
}
