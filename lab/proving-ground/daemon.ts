/** How a daemon is asked for what it is there for, from inside its box. */
export type Probe =
  /** A line protocol over TCP: what begins with `>` is sent, what begins with `<` is waited for. */
  | { readonly kind: "talk"; readonly port: number; readonly script: readonly string[] }
  /** A page that comes with status 200 (or another one that is named) and holds a text. */
  | {
      readonly kind: "http";
      readonly port: number;
      readonly path: string;
      readonly holds: string;
      readonly status: number;
    }
  /** A question for the address of a name over UDP. */
  | { readonly kind: "dns"; readonly port: number; readonly name: string }
  /** A datagram in hexadecimal digits, and what the answer holds. */
  | { readonly kind: "datagram"; readonly port: number; readonly send: string; readonly holds: string }
  /** A shell command that succeeds. */
  | { readonly kind: "command"; readonly line: string }
  /** A file that is there and holds a text. */
  | { readonly kind: "file"; readonly path: string; readonly holds: string }
  /** A connection to a TCP port or a socket by path, and what a web browser asks where nothing is heard first. */
  | { readonly kind: "greet"; readonly place: number | string }
  /** A datagram that no answer has to follow. */
  | { readonly kind: "knock"; readonly port: number };

/** One daemon of a list. */
export interface Daemon {
  /** The Debian package that is installed; further ones follow, such as the client that asks. */
  readonly packages: readonly [string, ...string[]];
  readonly unit: string;
  /** What it is, for the table. */
  readonly role: string;
  readonly probes: readonly Probe[];
  /** Shell lines that prepare the box before the start. */
  readonly setup?: string;
  /** Whether it belongs to the few that are tried with every change. */
  readonly ci?: true;
}

/** Connects, sends what begins with `>` and waits for what begins with `<`; `\r` and `\n` as in TypeScript. */
export function talk(port: number, ...script: readonly string[]): Probe {
  return { kind: "talk", port, script };
}

/** Asks for a page. */
export function http(port: number, path = "/", holds = "", status = 200): Probe {
  return { kind: "http", port, path, holds, status };
}

/** Asks a name server. */
export function dns(port: number, name: string): Probe {
  return { kind: "dns", port, name };
}

/** Sends bytes over UDP. */
export function datagram(port: number, send: string, holds: string): Probe {
  return { kind: "datagram", port, send, holds };
}

/** Runs a shell command, which has 20 seconds. */
export function command(line: string): Probe {
  return { kind: "command", line };
}

/** Looks into a file. */
export function file(path: string, holds = ""): Probe {
  return { kind: "file", path, holds };
}

/** A probe in a few words, for the table. */
export function describe(probe: Probe): string {
  switch (probe.kind) {
    case "talk":
      return `talk on port ${probe.port}`;
    case "http":
      return `GET ${probe.path} on port ${probe.port}`;
    case "dns":
      return `address of ${probe.name}`;
    case "datagram":
      return `datagram to port ${probe.port}`;
    case "command":
      return probe.line.length > 60 ? `${probe.line.slice(0, 57)}…` : probe.line;
    case "file":
      return probe.path;
    case "greet":
      return typeof probe.place === "number"
        ? `greeting and GET / on port ${probe.place}`
        : `connection to ${probe.place}`;
    case "knock":
      return `datagram to port ${probe.port}`;
  }
}
