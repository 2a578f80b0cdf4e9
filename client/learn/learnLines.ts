/** How a command of ours is started: the program that runs scripts, the command line, and what sudo needs to be root. */
export interface Starter {
  /** The program of the editor that runs JavaScript. */
  readonly node: string;
  /** The file of the command line. */
  readonly cli: string;
  /** The path of sudo; undefined for root. */
  readonly sudo: string | undefined;
}

/** What `learn` and `try` are asked for. */
export interface LearnWish {
  readonly unit: string;
  /** A command of the shell that uses the service; empty for none. */
  readonly exercise: string;
  /** Of `learn`: the bundle to keep. */
  readonly save?: string | undefined;
  /** Of `learn`: whether the run counts over what is known of such services. */
  readonly trustsRun?: boolean;
  /** Of `learn`: the machine of the service, as ssh names it, which asks for what it needs by itself; undefined for this one. */
  readonly host?: string | undefined;
  /** Of `try`: the profile. */
  readonly profile?: string | undefined;
}

/** A program with its arguments, which no shell reads. */
export interface LearnCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The editor runs as plain Node.js with it; sudo passes no environment on. */
const AS_NODE = { name: "ELECTRON_RUN_AS_NODE", value: "1" } as const;

/** Observes a service, proves what was learnt, and puts it back. */
export const learnCall = (starter: Starter, { unit, exercise, save, host, trustsRun }: LearnWish): LearnCall =>
  started(host === undefined ? starter : { ...starter, sudo: undefined }, [
    ...["learn", "--verify", ...(trustsRun ? ["--trust-run"] : [])],
    ...(host === undefined ? [] : [`--ssh=${host}`]),
    ...exerciseOption(exercise),
    ...(save === undefined ? [] : [`--save=${save}`]),
    ...["--", unit],
  ]);

/** Tries the settings of a profile on a running service, and puts it back. */
export const tryCall = (starter: Starter, { unit, exercise, profile = "strict" }: LearnWish): LearnCall =>
  started(starter, ["try", `--profile=${profile}`, "--likely", ...exerciseOption(exercise), "--", unit]);

/** Asks what a call is going to do, which changes nothing and needs no root. */
export const planCall = (starter: Starter, verb: "learn" | "try", wish: LearnWish): LearnCall => {
  const call = (verb === "learn" ? learnCall : tryCall)({ ...starter, sudo: undefined }, wish);
  return { ...call, args: call.args.flatMap((it) => (it === "--" ? ["--dry-run", it] : [it])) };
};

const exerciseOption = (command: string): readonly string[] =>
  command.trim() === "" ? [] : [`--exercise=${command.trim()}`];

function started({ node, cli, sudo }: Starter, args: readonly string[]): LearnCall {
  const own = [cli, ...args];
  if (sudo === undefined) return { program: node, args: own, env: { [AS_NODE.name]: AS_NODE.value } };
  return { program: sudo, args: ["--", "env", `${AS_NODE.name}=${AS_NODE.value}`, node, ...own], env: {} };
}

/** The same as a reader would type it. */
export const shownCall = (
  { sudo }: Starter,
  verb: "learn" | "try",
  { unit, exercise, save, host }: LearnWish,
): string =>
  [
    ...(sudo === undefined || host !== undefined ? [] : ["sudo"]),
    ...[
      "unit-warden",
      verb,
      ...(host === undefined ? [] : ["--ssh", host]),
      unit,
      ...(verb === "learn" ? ["--verify"] : []),
    ],
    ...(save === undefined ? [] : ["--save", quoted(save)]),
    ...(exercise.trim() === "" ? [] : ["--exercise", quoted(exercise.trim())]),
  ].join(" ");

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
