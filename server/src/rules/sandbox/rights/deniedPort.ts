import type { DirectiveName } from "../../../catalog/catalog.ts";
import { insertIntoSection } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import { lastOf } from "../../../findings/findingPlace.ts";
import type { Found, Rule, UnitContext } from "../../../findings/rule.ts";
import { takesSockets } from "../../../hardening/networkUse.ts";
import { type ConfiguredPort, portText } from "../../../program/daemons/fact.ts";
import { hasCapability, numberOf } from "../../../security/capabilitySet.ts";
import { effective } from "../../../security/effective.ts";
import { configuredPorts, daemonConfiguration } from "../../../service/daemonConfiguration.ts";
import { factsOf } from "../../../service/facts.ts";
import { isResetBehind, ownLast, ownLines } from "../../../service/linePlaces.ts";
import { firstOpenPort } from "../../../service/openPorts.ts";
import { stemOf } from "../../../service/owner.ts";
import { listenedPorts, lowPortOf } from "../../../service/ports.ts";
import { programsOf } from "../../../service/program.ts";
import { textOf, valuesOf } from "../../../service/settings.ts";
import { isPortDenied } from "../../../service/socketBinding.ts";
import { runsAsUser } from "../../../service/userCommands.ts";
import { findUnit } from "../../../units/index/lookup.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";

/** The ports that options or the configuration of a daemon have it open, which the sandbox does not let it. */
export const deniedPort: Rule = {
  code: "sandbox/denied-port",
  needs: [
    "ExecStart",
    "ListenStream",
    "ListenDatagram",
    "SocketBindDeny",
    "User",
    "DynamicUser",
    "PrivateUsers",
    "CapabilityBoundingSet",
  ],
  *check(unit, context) {
    if (unit.path.kind === "socket" && unit.path.scope === "user") yield* foundOfUserSocket(unit);
    if (unit.path.kind !== "service" || takesSockets(unit)) return;
    if (unit.path.scope === "user") yield* foundOfUser(unit);
    if (!hasSocket(unit, context)) yield* foundByCommand(unit);
    const ports = portsOpened(unit);
    if (ports.length === 0) return;
    const denied = ports.filter(({ port }) => isPortDenied(unit, port));
    if (denied.length > 0) yield* foundDenied(unit, denied);
    const low = ports.find(({ port, isConfigured }) => isConfigured && port.from < (firstOpenPort(unit) ?? 0));
    if (low && !denied.includes(low)) yield* foundLow(unit, low);
  },
};

interface OpenedPort {
  readonly port: ConfiguredPort;
  /** What opens it: an option, or a place. */
  readonly by: string;
  readonly isConfigured: boolean;
}

/** What options and lines of the configuration name; what holds without a line may be handed over. */
function portsOpened(unit: Unit): readonly OpenedPort[] {
  const options = listenedPorts(programsOf(unit)).map(({ option, port }) => ({
    port: { from: port, to: port, protocol: "tcp" } as const,
    by: `${option} of ExecStart=`,
    isConfigured: false,
  }));
  const configured = configuredPorts(daemonConfiguration(unit)).flatMap(({ port, path, line }) =>
    port && line !== undefined ? [{ port, by: `${path}:${line}`, isConfigured: true }] : [],
  );
  return [...options, ...configured];
}

function* foundDenied(unit: Unit, denied: readonly OpenedPort[]): Iterable<Found> {
  const node = ownLast(unit, "SocketBindDeny");
  const [first] = denied;
  if (!node || !first) return;
  const lines = [...new Set(denied.map(({ port }) => `SocketBindAllow=${port.protocol}:${portText(port)}`))];
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: `SocketBindDeny= denies port ${portText(first.port)}, which ${first.by} opens: bind() fails with EPERM; add ${lines.join(" and ")}`,
    directive: "SocketBindDeny",
    fixes: isResetBehind(unit, "SocketBindAllow") ? [] : [allowing(unit, lines)],
  };
}

const allowing = (unit: Unit, lines: readonly string[]): Fix => ({
  title: `Add ${lines.join(" and ")}`,
  safe: false,
  sets: lines,
  edits: () => [insertIntoSection(unit, "Service", lines)],
});

/** Seen with 257: EACCES; AmbientCapabilities= does not help there. */
function* foundOfUser(unit: Unit): Iterable<Found> {
  const { privateNetwork } = effective(unit).settings;
  const low = privateNetwork ? undefined : lowPortOf(unit);
  const first = firstOpenPort(unit) ?? PRIVILEGED;
  if (!low || low.port >= first) return;
  const { start, end, port, setting } = low;
  const newText = ownFile(unit)
    .text.slice(start, end)
    .replace(/(?<!\d)\d+(?=\/?$)/, String(port + USUAL_STEP));
  yield {
    start,
    end,
    severity: "warning",
    message: `${setting}= opens port ${port}, but a user may not listen below port ${first}: bind() fails with EACCES; a system service or a socket unit of the system may`,
    directive: setting,
    fixes: [{ title: `Change to ${newText}`, safe: false, edits: () => [{ start, end, newText }] }],
  };
}

/** Seen with 257: the socket unit fails, as its manager cannot create the socket. */
function* foundOfUserSocket(unit: Unit): Iterable<Found> {
  const first = firstOpenPort(unit) ?? PRIVILEGED;
  for (const setting of ["ListenStream", "ListenDatagram"] as const)
    for (const node of ownLines(unit, setting)) {
      const port = Number(INTERNET_PORT.exec(node.text)?.[1] ?? first);
      if (port >= first) continue;
      const newText = node.text.replace(/(?<!\d)\d{1,5}$/, String(port + USUAL_STEP));
      yield {
        ...node.valueSpan,
        severity: "warning",
        message: `${setting}= opens port ${port}, but a user may not listen below port ${first}: the socket unit fails; a socket unit of the system may`,
        directive: setting,
        fixes: [{ title: `Change to ${newText}`, safe: false, edits: () => [{ ...node.valueSpan, newText }] }],
      };
    }
}

/** A port alone or after an address, but for those of vsock. */
const INTERNET_PORT = /^(?:[\d.]+:|\[[\da-fA-F:.]+\]:)?(\d{1,5})$/;

/** What the kernel keeps for root, unless net.ipv4.ip_unprivileged_port_start says otherwise. */
const PRIVILEGED = 1024;

/** From 80 to 8080, as people do. */
const USUAL_STEP = 8000;

const RIGHT = "CAP_NET_BIND_SERVICE";

/** Why a service may not open a low port: the setting that takes the right, and what gives it back. */
interface Missing {
  readonly by: DirectiveName;
  readonly setting: string;
  readonly help: string;
}

function* foundLow(unit: Unit, { port, by }: OpenedPort): Iterable<Found> {
  const missing = missingRight(unit);
  const node = missing && lastOf(unit, [missing.by]);
  if (!node) return;
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: `${missing.setting} leaves no right to port ${port.from}, which ${by} opens: bind() fails with EACCES; ${missing.help}`,
    directive: missing.by,
  };
}

/** Whether a socket of the same name may hand the port over. */
const hasSocket = (unit: Unit, context: UnitContext | undefined): boolean =>
  context !== undefined &&
  findUnit(context.index, `${stemOf(unit.path.name ?? "")}.socket`, context.path) !== undefined;

/** A port of the command itself, for a user that nothing gives the right to it. */
function* foundByCommand(unit: Unit): Iterable<Found> {
  const low = lowPortOf(unit);
  if (!low || low.port >= (firstOpenPort(unit) ?? PRIVILEGED) || !lacksRight(unit)) return;
  const line = `AmbientCapabilities=${RIGHT}`;
  const bounded = valuesOf(unit, "CapabilityBoundingSet").length > 0;
  yield {
    start: low.start,
    end: low.end,
    severity: "warning",
    message: `${low.setting}= has the service listen on port ${low.port}, but ${userOf(unit)} may not open ports below 1024: "Permission denied"; ${line} gives the right${bounded ? ", CapabilityBoundingSet= gives nothing" : ""}`,
    directive: low.setting,
    fixes: isResetBehind(unit, "AmbientCapabilities") ? [] : [allowing(unit, [line])],
  };
}

const userOf = (unit: Unit): string => {
  const { user, dynamicUser } = effective(unit).settings;
  return dynamicUser ? "a dynamic user" : `user ${user}`;
};

/** Whether neither the unit nor a wrapper gives the user of a service the right to low ports. */
function lacksRight(unit: Unit): boolean {
  const { ambientSet, privateUsers, privateNetwork } = effective(unit).settings;
  if (unit.path.scope !== "system" || privateNetwork || privateUsers !== "no" || !runsAsUser(unit)) return false;
  if (hasCapability(ambientSet, numberOf(RIGHT)) || factsOf(unit).privileged) return false;
  return !programsOf(unit).some(({ names }) => names.some((it) => GIVES_RIGHTS.test(it)));
}

/** What changes the user, gives rights to files, or hands over a port. */
const GIVES_RIGHTS = /^(?:setcap|authbind|sudo|doas|su|runuser|setpriv|capsh|systemd-socket-activate)$/;

/** A file capability of the program would bring the right where nothing keeps programs from gaining any. */
function missingRight(unit: Unit): Missing | undefined {
  const { settings } = effective(unit);
  const { ambientSet, boundingSet, privateUsers, noNewPrivileges, privateNetwork } = settings;
  if (privateNetwork || unit.path.scope !== "system") return undefined;
  const number = numberOf(RIGHT);
  const { privileged, dynamic, user } = factsOf(unit);
  const isAmbient = hasCapability(ambientSet, number);
  if (privateUsers !== "no")
    return isAmbient
      ? undefined
      : { by: "PrivateUsers", setting: `PrivateUsers=${privateUsers}`, help: "set it to no and grant the capability" };
  if (!hasCapability(boundingSet, number))
    return isAmbient
      ? undefined
      : { by: "CapabilityBoundingSet", setting: "CapabilityBoundingSet=", help: `add ${RIGHT} to it` };
  if (privileged || isAmbient || !noNewPrivileges) return undefined;
  const help = `add AmbientCapabilities=${RIGHT}`;
  if (user !== undefined) return { by: "User", setting: `User=${textOf(unit, "User")}`, help };
  return dynamic ? { by: "DynamicUser", setting: "DynamicUser=yes", help } : undefined;
}
