import { factsOf } from "../../../server/src/service/facts.ts";
import type { Program } from "../../../server/src/service/program.ts";
import { textOf } from "../../../server/src/service/settings.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import type { LanguageName } from "./stubLanguages.ts";

/** Where a stub lies for a command, and the language that the command asks for. */
export interface StubPlace {
  readonly path: string;
  /** Whether it is a shell that is given a line, which is the program. */
  readonly isLine?: true;
  readonly language?: LanguageName;
  /** What it is given to, which has to be there as well. */
  readonly interpreter?: string;
  /** A server of Python that is given the application. */
  readonly server?: string;
}

const BY_INTERPRETER: readonly (readonly [RegExp, LanguageName])[] = [
  [/^(?:ba|da)?sh$/, "shell"],
  [/^python[\d.]*$/, "Python"],
  [/^perl$/, "Perl"],
  [/^ruby$/, "Ruby"],
  [/^php[\d.]*$/, "PHP"],
  [/^node$/, "Node"],
  [/^lua[\d.]*$/, "Lua"],
  [/^java$/, "Java"],
  [/^(?:dotnet|mono)$/, ".NET"],
];

const BY_NAME: readonly (readonly [RegExp, LanguageName])[] = [
  [/\.sh$|^npm$|^yarn$|^pnpm$/, "shell"],
  [/\.py$|^(?:gunicorn|uvicorn|celery|hypercorn|daphne|flask|waitress-serve)$/, "Python"],
  [/\.pl$/, "Perl"],
  [/\.rb$|^(?:bundle|puma|rails|sidekiq)$/, "Ruby"],
  [/\.php$/, "PHP"],
  [/\.[cm]?js$/, "Node"],
  [/\.jar$/, "Java"],
  [/\.dll$/, ".NET"],
];

/** Programs that run the one in their arguments. */
const WRAPPERS =
  /^(?:tmux|screen|xvfb-run|su|sudo|runuser|setpriv|nice|ionice|taskset|chrt|authbind|flock|timeout|systemd-inhibit|dbus-run-session|unshare|ip|chroot|cgexec|nohup|stdbuf)$/;

/** Programs that no stub stands for. */
const OTHERS_RUN = /^(?:docker|podman|wine\d*|flatpak|snap|steam)$/;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const named = (rows: typeof BY_NAME, name: string): LanguageName | undefined =>
  rows.find(([pattern]) => pattern.test(name))?.[1];

/** Options of interpreters that have a word of their own. */
const WITH_WORD = /^(?:-W|-X|-I|-d|-c|-r|--require|-cp|-classpath)$/;

/** The command in the arguments of a wrapper, as far as its program stands there by its path. */
function wrapped(args: readonly string[], folder: string): StubPlace | undefined {
  const at = args.findIndex((it) => /^\/(?:opt|srv|home|usr\/(?:local\/)?s?bin)\//.test(it));
  return at < 0 ? undefined : placeOf({ path: args[at] ?? "", args: args.slice(at + 1) }, folder);
}

/** Where the program of a command lies; undefined for what has none of its own, such as a client of containers. */
export function placeOf({ path, args }: Pick<Program, "path" | "args">, folder: string): StubPlace | undefined {
  const words = /\/env$/.test(path) ? args.filter((it) => !/^\w+=/.test(it)) : [path, ...args];
  const [first = "", ...rest] = words;
  const name = nameOf(first);
  const interpreted = named(BY_INTERPRETER, name);
  if (WRAPPERS.test(name)) return wrapped(rest, folder);
  if (OTHERS_RUN.test(name)) return undefined;
  if (interpreted === "shell" && rest[0] === "-c") return { path: first, language: "shell", isLine: true };
  const program = /^\/[^%$]*$/.test(first) ? first : first.includes("/") ? undefined : `/usr/bin/${first}`;
  if (program === undefined) return undefined;
  if (interpreted === undefined) {
    const language = named(BY_NAME, name);
    const application = rest.flatMap((it) => /^([A-Za-z_][\w.]*):\w+$/.exec(it)?.[1] ?? [])[0];
    if (language === "Python" && application !== undefined)
      return { path: `${folder}/${application.replaceAll(".", "/")}.py`, language, server: program };
    return { path: program, ...(language && { language }) };
  }
  const script = scriptIn(rest, interpreted);
  if (script === undefined || /[%$]/.test(script)) return undefined;
  const at = script.startsWith("/") ? script : `${folder}/${script.replace(/^\.\//, "")}`;
  const whole = interpreted === "Node" && !/\.\w+$/.test(at) && !script.includes("bin/") ? `${at}.js` : at;
  return { path: whole, language: interpreted, interpreter: program };
}

/** The file that an interpreter is given. */
function scriptIn(args: readonly string[], language: LanguageName): string | undefined {
  const module = args.indexOf("-m");
  if (language === "Python" && module >= 0) return `${(args[module + 1] ?? "").replaceAll(".", "/")}/__main__.py`;
  const jar = args.indexOf("-jar");
  if (language === ".NET") return args.find((it) => it.endsWith(".dll"));
  if (language === "Java") return jar < 0 ? undefined : args[jar + 1];
  if (args.some((it) => it === "-S" || it === "-e" || it === "-r")) return undefined;
  return args.find((it, i) => !it.startsWith("-") && !WITH_WORD.test(args[i - 1] ?? ""));
}

/** A service's places: of what it is, then of all else that its unit starts. */
export function placesOf(unit: Unit): { readonly main: StubPlace | undefined; readonly others: readonly StubPlace[] } {
  const folder = (textOf(unit, "WorkingDirectory") ?? "").replace(/^[-~]/, "").replace(/\/$/, "");
  const { programs } = factsOf(unit);
  const first = programs.find((it) => it.setting === "ExecStart");
  const others = programs.flatMap((it) => (it === first ? [] : (placeOf(it, folder) ?? [])));
  const main = first && placeOf(first, folder);
  return { main, others: others.filter((it) => it.path !== main?.path) };
}
