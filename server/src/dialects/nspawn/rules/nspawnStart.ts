import type { SectionName } from "../../../catalog/sections.ts";
import { CAPABILITY_FACTS } from "../../../facts/capabilities.ts";
import { holdsIn } from "../../../facts/version.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { settingsIn } from "../../../units/settingsReader.ts";
import type { Unit } from "../../../units/unit.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parseInteger } from "../../../values/number.ts";
import {
  isBesideImage,
  isPrivilegedSetting,
  keepsCapability,
  type NspawnWorld,
  nspawnLine,
  nspawnLines,
} from "../nspawnWorld.ts";
import { aboutContainer, asWritten, type LineFinding } from "./aboutContainer.ts";

const boot = aboutContainer("nspawn/start-mode", function* (_, unit) {
  const lines = ["Boot", "ProcessTwo"].flatMap((it) => nspawnLines(unit, "Exec", it));
  let mode: Assignment | undefined;
  for (const line of lines.toSorted((a, b) => a.start - b.start)) {
    const on = parseBoolean(line.text) === true;
    // Switched off by its own name, or on by the other one.
    if (mode && on !== (mode.key === line.key))
      yield {
        line,
        severity: "error",
        message: `${asWritten(line)} contradicts ${asWritten(mode)} above: systemd-nspawn ignores this line`,
      };
    else if (on) mode = line;
  }
});

/** The protocol and the port of the host. */
function portOf(text: string): string {
  const [, protocol = "tcp", number = ""] = /^(?:(tcp|udp):)?([^:]*)/.exec(text) ?? [];
  return `${protocol}:${parseInteger(number)}`;
}

const portTwice = aboutContainer("nspawn/port-twice", function* ({ ports }) {
  const seen = new Set<string>();
  for (const line of ports) {
    const port = portOf(line.text);
    if (seen.has(port))
      yield {
        line,
        severity: "error",
        message: `${asWritten(line)} is about a port that a line above forwards: systemd-nspawn ignores this line`,
      };
    seen.add(port);
  }
});

/** A line that keeps the container from starting, and why. */
type Refusal = readonly [line: Assignment, why: string];

const refused = aboutContainer("nspawn/refused", function* (world, unit): Iterable<LineFinding> {
  for (const [line, why] of [
    ...ofFiles(world, unit),
    ...ofNetwork(world, unit),
    ...ofAmbient(world),
    ...ofUsers(world, unit),
  ])
    yield {
      line,
      severity: "error",
      message: `${asWritten(line)} ${why}: systemd-nspawn does not start the container`,
    };
});

/** Follows verify_arguments(), systemd 257 and 262. */
function* ofFiles(world: NspawnWorld, unit: Unit): Iterable<Refusal> {
  const journal = nspawnLine(unit, "Exec", "LinkJournal");
  if (world.ephemeral?.on && journal && ["host", "guest"].includes(journal.text))
    yield [journal, "does not go with Ephemeral=yes; try-host and try-guest do"];
  const ownership = ["PrivateUsersOwnership", "PrivateUsersChown"]
    .flatMap((it) => nspawnLine(unit, "Files", it) ?? [])
    .toSorted((a, b) => a.start - b.start)
    .at(-1);
  if (!ownership || !isChown(ownership)) return;
  if (world.readOnly?.on) yield [ownership, "changes files, which ReadOnly=yes forbids"];
  else if (world.volatile && parseBoolean(world.volatile.text) !== false)
    yield [ownership, `changes files, which does not go with ${asWritten(world.volatile)}`];
}

const isChown = ({ key, text }: Assignment): boolean =>
  text === "chown" || (key === "PrivateUsersChown" && parseBoolean(text) === true);

const OF_ONE_NETWORK = ["Interface", "MACVLAN", "IPVLAN", "VirtualEthernetExtra", "Bridge", "Zone"];

function* ofNetwork({ network, ports }: NspawnWorld, unit: Unit): Iterable<Refusal> {
  const line = (name: string) => nspawnLine(unit, "Network", name);
  const [port] = ports;
  if (port && network?.kind === "host")
    yield [port, `needs a network of its own, which ${asWritten(network.line)} does not give`];
  const [bridge, zone] = [line("Bridge"), line("Zone")];
  if (bridge && zone) yield [zone, "does not go with Bridge="];
  const joined = line("NamespacePath");
  const veth = line("VirtualEthernet");
  const other =
    OF_ONE_NETWORK.map(line).find((it) => it) ?? (veth && parseBoolean(veth.text) === true ? veth : undefined);
  if (joined && other) yield [joined, `does not go with ${other.key}=`];
}

function* ofAmbient(world: NspawnWorld): Iterable<Refusal> {
  const { ambient, start } = world;
  const [line] = ambient.lines;
  if (!line) return;
  if (ambient.all) yield [line, "has all, which only Capability= takes"];
  else if (start?.kind === "boot" && ambient.numbers.size > 0) yield [line, "does not go with Boot=yes"];
  else
    for (const it of ambient.numbers) {
      const name = CAPABILITY_FACTS[it]?.name;
      if (name === undefined || keepsCapability(world, name) !== false) continue;
      yield [line, `has ${name}, which the container does not keep without Capability=`];
      return;
    }
}

/** Until when a user of the host is only bound where users are mapped. */
const NEEDS_OTHER_USERS = { until: 258 };

function* ofUsers({ users, network }: NspawnWorld, unit: Unit): Iterable<Refusal> {
  const bound = nspawnLine(unit, "Files", "BindUser");
  if (bound && users?.kind === "host" && holdsIn(NEEDS_OTHER_USERS, unit.version)) yield [bound, "needs PrivateUsers="];
  const shell = nspawnLine(unit, "Files", "BindUserShell");
  if (shell && !bound && parseBoolean(shell.text) === undefined) yield [shell, "needs BindUser="];
  const delegated = nspawnLine(unit, "Exec", "PrivateUsersDelegate");
  if (delegated && users && users.line.text !== "managed" && parseInteger(delegated.text) !== 0n)
    yield [delegated, "needs PrivateUsers=managed"];
  if (users?.line.text === "managed" && network?.kind === "host") yield [users.line, "needs a network of its own"];
}

const own = aboutContainer("nspawn/private-network", function* ({ network }, unit) {
  const line = nspawnLine(unit, "Network", "Private");
  if (line && network?.kind === "own" && parseBoolean(line.text) === false)
    yield {
      line,
      severity: "warning",
      message: `Private=no has no effect with ${network.line.key}=`,
      tag: "unnecessary",
    };
});

const untrusted = aboutContainer("nspawn/untrusted", function* (_, unit) {
  if (!isBesideImage(unit)) return;
  for (const section of ["Exec", "Files", "Network"] as const)
    for (const { name } of unit.family.content.directivesIn(section as SectionName, unit.version))
      for (const line of settingsIn(unit, section).list(name))
        if (isPrivilegedSetting(section, line))
          yield { line, severity: "warning", message: `${name}= is ignored here: ${NOT_TRUSTED}` };
});

const NOT_TRUSTED = "systemd-nspawn does not trust a file next to an image, but one in /etc/systemd/nspawn";

/** What systemd-nspawn ignores or refuses of a file as a whole. */
export const NSPAWN_START_RULES = [boot, portTwice, refused, own, untrusted] as const;
