import { directivesIn, typeIn } from "../../server/src/catalog/catalog.ts";
import { SECTIONS, type SectionName } from "../../server/src/catalog/sections.ts";
import { UNIT_KINDS, type UnitKind } from "../../server/src/facts/unitKinds.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { sectionsOf } from "../../server/src/families/unitFiles/kinds.ts";
import { unitNameOf } from "../../server/src/units/where.ts";
import { slotsAt } from "../../server/src/values/read.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";
import { HOSTILE_PIECES } from "./hostile.ts";
import type { Random } from "./random.ts";

const ALL_SECTIONS = Object.keys(SECTIONS) as SectionName[];

/** Values that many types have something to say about. */
const VALUES: readonly string[] = [
  ..."yes no maybe 0 1 42 -1 1K 150% 50% infinity 5s 5min 20s 1h 2minute 0x15 0777 077 9999999999999999999".split(" "),
  ..."/ /srv /var/lib/x /home/x/../y rel/path -/srv ~ /dev/null /dev/sda1 /proc/self /a:/b /a:/b:rbind a:b".split(" "),
  ..."a.service b@.service c@x.socket dev-sda1.device network.target -.mount no.such x@%i.service".split(" "),
  ..."A=b $HOME $X ~@clock CAP_SYS_ADMIN CAP_NOPE AF_UNIX SIGTERM EPERM read:EPERM 127.0.0.1/8 ::1 any".split(" "),
  ..."/bin/true -/bin/false +/bin/x !!/bin/y @/bin/z root nobody 1000 a:b:c *-*-* Mon..Fri daily ~1 !x |x |!x".split(
    " ",
  ),
  ...["5min 20s", "", "/bin/sh -c 'echo \"$X\" >/run/x.env'", "/bin/a ; /bin/b", "/bin/a \\; b", "A=1 'B=2 3' \"C=4\""],
  ...["2minute hour and on boot", "*-*-* 00:00:00/15 Europe/Berlin", "https://example.org/ man:x(1) file:/x", "x y z"],
];

/** A directive as it is written: in a section that has it, with a value that its grammar offers or with any other. */
export function directiveLine(random: Random, section: SectionName): string {
  const [directive] = pickSome(random, directivesIn(section, NEWEST_VERSION), 1);
  return directive ? `${directive.name}=${value(random, section, directive)}` : `X-Key=${random.pick(VALUES)}`;
}

/** A unit of some sections, most of them those of its kind. */
export function plainUnit(random: Random, kind: UnitKind): string {
  const sections = random.chance(0.85) ? sectionsOf(kind) : [...pickSome(random, ALL_SECTIONS, 3)];
  return sections.map((it) => sectionText(random, it, kind)).join(random.pick(["\n", "", "\n\n"]));
}

/** Any kind of unit, most often a service. */
export function unitKind(random: Random): UnitKind {
  return random.chance(0.6) ? "service" : random.pick(UNIT_KINDS);
}

function sectionText(random: Random, section: SectionName, kind: UnitKind): string {
  const lines = Array.from({ length: random.below(8) }, () => directiveLine(random, section));
  const runs = section === "Service" && kind === "service" && random.chance(0.8);
  return [`[${section}]`, ...(runs ? [`ExecStart=${random.pick(COMMANDS)}`] : []), ...lines, ""].join("\n");
}

const COMMANDS = [
  "/bin/true",
  "/usr/bin/node /srv/app.js --port 80",
  "/usr/sbin/nginx -g 'daemon off;'",
  "-/bin/sh -c 'x; y'",
];

type Typed = ReturnType<typeof directivesIn>[number];

function value(random: Random, section: SectionName, directive: Typed): string {
  const words = Array.from({ length: random.chance(0.7) ? 1 : 1 + random.below(4) }, () => {
    if (random.chance(0.06)) return random.pick(HOSTILE_PIECES);
    const offered = random.chance(0.7) ? offers(section, directive) : [];
    return random.pick(offered.length > 0 ? offered : VALUES);
  });
  return words.join(random.pick([" ", " ", " ", ",", ":", ""]));
}

const OFFERS = new Map<string, readonly string[]>();

/** The words that completion offers at the begin of a value. */
function offers(section: SectionName, directive: Typed): readonly string[] {
  const type = typeIn(directive, NEWEST_VERSION);
  const known = OFFERS.get(type);
  if (known) return known;
  const kind = UNIT_KINDS.find((it) => sectionsOf(it).includes(section)) ?? "service";
  const where = {
    version: NEWEST_VERSION,
    scope: "system",
    kind,
    unit: unitNameOf(undefined, kind),
    certain: false,
  } as const;
  const found = slotsAt(valueType(type), "", 0, where).flatMap((it) => it.offers().map(({ text }) => text));
  OFFERS.set(type, found);
  return found;
}

function pickSome<T>(random: Random, things: readonly T[], most: number): T[] {
  return things.length === 0 ? [] : Array.from({ length: most }, () => random.pick(things));
}
