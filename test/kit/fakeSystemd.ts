import type { Ran } from "../../server/src/cli/machine.ts";
import type { MemoryMachine } from "./memoryMachine.ts";

/** A unit of a systemd in memory. */
export interface FakeUnit {
  active: boolean;
  /** The text that systemd has read: the fragment and its drop-ins. */
  loaded: string;
  /** The text with which it was started last. */
  runsWith: string | undefined;
  /** How often it was started. */
  starts: number;
}

/** How a systemd in memory behaves. */
export interface FakeSystemdOptions {
  /** Whether a unit starts with a text. */
  readonly starts?: (text: string) => boolean;
  /** What a unit does when it is started, reloaded or stopped. */
  readonly acts?: (verb: "start" | "reload" | "stop", text: string, machine: MemoryMachine) => void;
  /** Properties that `systemctl show` adds. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Answers other programs. */
  readonly program?: (argv: readonly string[], machine: MemoryMachine) => Partial<Ran> | undefined;
  readonly wasActive?: boolean;
}

/** Enough of systemd for commands that change a unit for a while. */
export interface FakeSystemd {
  readonly program: (argv: readonly string[], machine: MemoryMachine) => Partial<Ran> | undefined;
  /** The service; undefined before it is asked for. */
  readonly unit: () => FakeUnit;
  /** What the watchdogs do once the process that they watch is gone. */
  readonly watch: (machine: MemoryMachine) => void;
}

/** A systemd in memory with one service, whose fragment is in /etc/systemd/system. */
export function fakeSystemd(name: string, options: FakeSystemdOptions = {}): FakeSystemd {
  const fragment = `/etc/systemd/system/${name}`;
  const watchdogs = new Map<string, string>();
  let unit: FakeUnit | undefined;
  const texts = (machine: MemoryMachine): readonly (readonly [path: string, text: string])[] => {
    const base = (path: string): string => path.slice(path.lastIndexOf("/"));
    // The later folder is the stronger one: a file there takes the place of one of its name.
    const byName = new Map<string, readonly [path: string, text: string]>();
    for (const folder of ["/run/systemd/system", "/etc/systemd/system", "/run/systemd/system.control"])
      for (const [path, text] of machine.files)
        if (path.startsWith(`${folder}/${name}.d/`) && path.endsWith(".conf")) byName.set(base(path), [path, text]);
    const dropIns = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
    return [[fragment, machine.files.get(fragment) ?? ""], ...dropIns];
  };
  const load = (machine: MemoryMachine): string =>
    texts(machine)
      .map(([, text]) => text)
      .join("\n");
  const of = (machine: MemoryMachine): FakeUnit => {
    if (unit) return unit;
    const loaded = load(machine);
    const active = options.wasActive ?? true;
    unit = { active, loaded, runsWith: active ? loaded : undefined, starts: 0 };
    return unit;
  };
  const verbs: Readonly<Record<string, (it: FakeUnit, machine: MemoryMachine) => Partial<Ran>>> = {
    start(it, machine) {
      if (it.active) return {};
      it.starts++;
      it.active = options.starts?.(it.loaded) ?? true;
      it.runsWith = it.loaded;
      options.acts?.("start", it.loaded, machine);
      return it.active ? {} : { status: 1, stderr: `Job for ${name} failed.` };
    },
    stop(it, machine) {
      if (it.active) options.acts?.("stop", it.runsWith ?? "", machine);
      it.active = false;
      it.runsWith = undefined;
      return {};
    },
    restart: (it, machine) => ({ ...verbs.stop?.(it, machine), ...verbs.start?.(it, machine) }),
    "try-restart": (it, machine) => (it.active ? (verbs.restart?.(it, machine) ?? {}) : {}),
    reload(it, machine) {
      if (!it.active) return { status: 1, stderr: `${name} is not active` };
      options.acts?.("reload", it.runsWith ?? "", machine);
      return {};
    },
    "is-active": (it) => ({ status: it.active ? 0 : 3 }),
    "reset-failed": () => ({}),
    cat: (_, machine) => ({
      stdout: texts(machine)
        .map(([path, text]) => `# ${path}\n${text}`)
        .join("\n"),
    }),
  };
  const systemctl = (words: readonly string[], machine: MemoryMachine): Partial<Ran> => {
    const it = of(machine);
    const [verb = "", ...rest] = words;
    if (verb === "daemon-reload") {
      it.loaded = load(machine);
      return {};
    }
    const target = rest.at(-1) ?? "";
    if (verb === "stop" && watchdogs.delete(target)) return {};
    if (target !== name && verb === "is-active") return { status: watchdogs.has(target) ? 0 : 3 };
    if (target !== name)
      return verb === "show" ? { stdout: "LoadState=not-found\nActiveState=inactive\n" } : { status: 5 };
    if (verb === "show") return { stdout: shown(it, words, machine) };
    return verbs[verb]?.(it, machine) ?? { status: 1, stderr: `Unknown command verb ${verb}` };
  };
  const shown = (it: FakeUnit, words: readonly string[], machine: MemoryMachine): string => {
    const known: Readonly<Record<string, string>> = {
      LoadState: "loaded",
      ActiveState: it.active ? "active" : it.starts > 0 && it.runsWith !== undefined ? "failed" : "inactive",
      SubState: it.active ? "running" : "dead",
      Result: it.active || it.runsWith === undefined ? "success" : "exit-code",
      MainPID: it.active ? "100" : "0",
      NRestarts: "0",
      FragmentPath: fragment,
      DropInPaths: texts(machine)
        .slice(1)
        .map(([path]) => path)
        .join(" "),
      ...options.properties,
    };
    const asked = words.flatMap((word) => /^--property=(.*)$/.exec(word)?.[1]?.split(",") ?? []);
    return asked.map((property) => `${property}=${known[property] ?? ""}\n`).join("");
  };
  /** Runs a put-back script: a line is a command of plain words. */
  const script = (text: string, machine: MemoryMachine): Partial<Ran> => {
    const lines = text.slice(text.indexOf("\nfi\n") + 1).split("\n");
    let status = 0;
    for (const whole of lines) {
      const [, condition, rest] = /^\[ (.*?) \] \|\| (.*)$/.exec(whole) ?? [];
      const needed = /^! -e (\S+)$/.exec(condition ?? "")?.[1];
      if (needed !== undefined && !machine.files.has(needed)) continue;
      const line = rest ?? whole;
      const [program, ...words] = (line.split(" || ")[0] ?? "")
        .split(" ")
        .filter((it) => !it.startsWith("2>"))
        .map((it) => it.replaceAll("'", ""));
      if (program === "systemctl" && (systemctl(words, machine).status ?? 0) !== 0 && line.includes("||")) status = 1;
      if (program === "sh") script(machine.files.get(words[0] ?? "") ?? "", machine);
      if (program !== "rm") continue;
      for (const it of [...machine.files.keys()])
        if (it === words.at(-1) || (words[0] === "-rf" && it.startsWith(`${words.at(-1)}/`))) machine.files.delete(it);
    }
    return { status };
  };
  return {
    unit() {
      if (!unit) throw new Error("nobody asked for the unit");
      return unit;
    },
    watch(machine) {
      for (const [name, text] of watchdogs) {
        watchdogs.delete(name);
        const [, needed = ""] = /\[ ! -e (\S+) \]/.exec(text) ?? [];
        if (machine.files.has(needed)) script(text.replaceAll("$$", "$"), machine);
      }
    },
    program(argv, machine) {
      const [program = "", ...words] = argv;
      if (program === "systemctl") return systemctl(words, machine);
      if (program === "systemd-run") {
        const named = words.find((it) => it.startsWith("--unit="))?.slice("--unit=".length) ?? "";
        const [, encoded = ""] = /`echo (\S+) \| base64 -d`/.exec(words.at(-3) ?? "") ?? [];
        watchdogs.set(named, Buffer.from(encoded, "base64").toString());
        return {};
      }
      if (program === "/bin/sh" && /^\/(?:run|var\/lib)\/unit-warden\//.test(words[0] ?? ""))
        return script(machine.files.get(words[0] ?? "") ?? "", machine);
      return options.program?.(argv, machine);
    },
  };
}
