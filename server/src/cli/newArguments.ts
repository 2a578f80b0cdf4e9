import type { RunAs, Start } from "../features/newUnit/wanted.ts";
import type { Profile } from "../hardening/hardening.ts";
import { oneOf, UsageError, type Values, version } from "./arguments.ts";

/** What `unit-warden new` was asked for. */
export type NewArguments = NewService | NewDropIn;

/** A service, with what starts it. */
export interface NewService {
  readonly kind: "service";
  readonly name: string;
  readonly exec: string;
  /** Missing where nothing is said: the scope decides then. */
  readonly runAs: RunAs | undefined;
  readonly start: Start;
  readonly port: number | undefined;
  readonly description: string | undefined;
  readonly documentation: readonly string[];
  readonly profile: Profile;
  readonly scope: "system" | "user" | undefined;
  readonly systemd: number;
  /** The folder that gets the files; they are printed where it is missing. */
  readonly output: string | undefined;
}

/** An empty drop-in of a unit. */
export interface NewDropIn {
  readonly kind: "drop-in";
  readonly unit: string;
  readonly output: string | undefined;
}

/** The options of `new` as node:util's parseArgs() takes them. */
export const NEW_OPTIONS = {
  exec: { type: "string" },
  user: { type: "string" },
  "dynamic-user": { type: "boolean", default: false },
  port: { type: "string" },
  "on-calendar": { type: "string" },
  socket: { type: "string" },
  listen: { type: "string" },
  "by-hand": { type: "boolean", default: false },
  description: { type: "string" },
  documentation: { type: "string", multiple: true },
  profile: { type: "string", default: "basic" },
  scope: { type: "string" },
  output: { type: "string" },
  systemd: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads the options of `new`; throws UsageError where one is not understood. */
export function newArguments(
  values: Values,
  documentation: readonly string[],
  positionals: readonly string[],
): NewArguments {
  const [kind, name, ...rest] = positionals;
  if (kind !== "service" && kind !== "timer" && kind !== "socket" && kind !== "drop-in")
    throw new UsageError(`new takes service, timer, socket or drop-in, not ${kind ?? "nothing"}`);
  if (name === undefined) throw new UsageError(`name the ${kind === "drop-in" ? "unit" : kind}`);
  if (rest.length > 0) throw new UsageError(`new takes one name; quote the command: --exec '… ${rest.join(" ")}'`);
  const output = text(values.output);
  if (kind === "drop-in") {
    const other = Object.keys(NEW_OPTIONS).find((it) => isGiven(values, it) && it !== "output");
    if (other !== undefined) throw new UsageError(`new drop-in takes no --${other}`);
    return { kind, unit: name, output };
  }
  const exec = text(values.exec);
  if (exec === undefined) throw new UsageError("--exec is missing: name the command that the service runs");
  return {
    kind: "service",
    name: name.replace(new RegExp(`\\.${kind}$`), ".service"),
    exec,
    runAs: runAsOf(values),
    start: startOf(values, kind),
    port: portOf(values.port),
    description: text(values.description),
    documentation,
    profile: oneOf(values, "profile", ["off", "basic", "strict", "isolated"]),
    scope: values.scope === undefined ? undefined : oneOf<"system" | "user">(values, "scope", ["system", "user"]),
    systemd: version(values.systemd),
    output,
  };
}

const isGiven = (values: Values, name: string): boolean =>
  values[name] !== undefined && values[name] !== false && !(name === "profile" && values[name] === "basic");

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

function runAsOf(values: Values): RunAs | undefined {
  const user = text(values.user);
  if (user !== undefined && values["dynamic-user"])
    throw new UsageError("--user and --dynamic-user exclude each other");
  if (user === undefined) return values["dynamic-user"] ? { kind: "dynamic" } : undefined;
  return user === "root" ? { kind: "root" } : { kind: "user", name: user };
}

function startOf(values: Values, kind: "service" | "timer" | "socket"): Start {
  const calendar = text(values["on-calendar"]);
  const listen = text(values.socket) ?? text(values.listen);
  const given = [calendar !== undefined, listen !== undefined, values["by-hand"] === true].filter(Boolean).length;
  if (given > 1) throw new UsageError("--on-calendar, --socket, --listen and --by-hand exclude each other");
  if (kind === "timer" && calendar === undefined)
    throw new UsageError("--on-calendar is missing: say when the timer elapses, such as daily");
  if (kind === "socket" && listen === undefined)
    throw new UsageError("--listen is missing: say where the socket listens, such as 8080 or /run/NAME.sock");
  if (calendar !== undefined) return { kind: "timer", calendar };
  if (listen !== undefined) return { kind: "socket", listen };
  return { kind: values["by-hand"] ? "manual" : "boot" };
}

function portOf(written: string | boolean | undefined): number | undefined {
  if (written === undefined) return undefined;
  const port = Number(written);
  if (!/^\d+$/.test(String(written)) || port < 1 || port > 65_535)
    throw new UsageError(`--port takes a port from 1 to 65535, not ${String(written)}`);
  return port;
}
