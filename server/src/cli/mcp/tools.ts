import * as z from "zod";
import { DISTRIBUTION_NAMES } from "../../facts/targets.ts";
import { NEWEST_VERSION, OLDEST_VERSION, VERSIONS } from "../../facts/version.ts";
import { nearest, nearestEnding } from "../../text/nearest.ts";
import { PROFILES } from "../options.ts";

/** What a tool reads in place of the machine's files. */
export interface ToolInput {
  /** The arguments of the command line that answers. */
  readonly argv: readonly string[];
  /** The text of a file that need not exist, or exists with another text. */
  readonly file?: { readonly path: string; readonly text: string };
  /** What the command finds on standard input. */
  readonly stdin?: string;
}

/** A question that can be asked; all of them only read. */
export interface Tool<Shape extends z.ZodObject = z.ZodObject> {
  /** The command of the command line that answers it. */
  readonly name: string;
  readonly title: string;
  /** When to use it and what it answers, for whoever chooses among tools. */
  readonly description: string;
  readonly schema: Shape;
  readonly input: (request: z.infer<Shape>) => ToolInput;
}

/** An object that takes these arguments and no others. */
function strict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, {
    error(issue) {
      const [key] = issue.code === "unrecognized_keys" ? (issue.keys as string[]) : [];
      return key === undefined
        ? undefined
        : `unknown argument ${key}${nearestEnding(nearest(key, Object.keys(shape))[0], "")}`;
    },
  });
}

const TARGET = {
  systemd: z
    .union(
      [z.int().min(OLDEST_VERSION).max(NEWEST_VERSION), z.enum([...VERSIONS.map(String), ...DISTRIBUTION_NAMES])],
      {
        error: `expected a version from ${OLDEST_VERSION} to ${NEWEST_VERSION} or one of ${DISTRIBUTION_NAMES.join(", ")}`,
      },
    )
    .optional()
    .describe(
      `the systemd that the unit is for, as a version or a distribution such as debian-12; ${NEWEST_VERSION} if it is not known`,
    ),
  scope: z.enum(["system", "user"]).optional().describe("whose manager reads the unit; without it the path decides"),
};

const UNIT = {
  path: z.string().min(1).describe("path of a unit file, such as /etc/systemd/system/shop.service"),
  text: z
    .string()
    .optional()
    .describe("text of the unit, in place of what is at the path; its name and drop-ins still come from the path"),
  ...TARGET,
};

const PROFILE = z.enum(PROFILES).optional();

const check = tool({
  name: "check",
  title: "Check unit files",
  description:
    "Finds in unit files, drop-ins or folders of them what systemd rejects or ignores, settings that do not go together, and hardening that is missing; with lines and codes, and with how sure it is that the service bears a setting.",
  schema: strict({
    ...UNIT,
    path: UNIT.path.describe("path of a unit file, a drop-in, or a folder, which is searched for them"),
    profile: z
      .enum(["off", ...PROFILES])
      .optional()
      .describe("how much hardening to ask of a service; basic if it is not given, off for errors alone"),
  }),
  input: (request) => inputOf("check", request, request.profile, "--each"),
});

const security = tool({
  name: "security",
  title: "Compute the exposure level",
  description:
    "Computes the exposure level of services, as systemd-analyze security does, with every check: what is protected, and what each setting is worth. Of a folder it is an overview.",
  schema: strict(UNIT),
  input: (request) => inputOf("security", request),
});

const harden = tool({
  name: "harden",
  title: "Find hardening that fits",
  description:
    "Answers with a diff that adds to a service the sandboxing settings that are safe for its program, each with its grade (measured, proven, read, stated, usual or likely), the reason for it and what it may break all the same, and with what was left out and why. It changes no file.",
  schema: strict({
    ...UNIT,
    profile: PROFILE.describe("how much to add; basic if it is not given"),
    likely: z
      .boolean()
      .optional()
      .describe("also add what is only likely to be safe: nothing speaks against it, and nothing for it"),
  }),
  input: ({ likely = false, profile, ...request }) =>
    inputOf("harden", request, profile, ...(likely ? ["--likely"] : [])),
});

const sandbox = tool({
  name: "sandbox",
  title: "Show what a service can access",
  description:
    "Shows which paths a service can see, read, write and execute, and which setting decides; then its user, capabilities, devices, network and system calls.",
  schema: strict({
    ...UNIT,
    profile: PROFILE.describe("show it as it would be with the settings of this profile"),
    paths: z.array(z.string()).optional().describe("answer for these absolute paths alone"),
  }),
  input: ({ paths = [], profile, ...request }) =>
    inputOf("sandbox", request, profile, ...paths.map((it) => `--path=${it}`)),
});

const explain = tool({
  name: "explain",
  title: "Explain a name or a failure",
  description:
    "Explains names of systemd: directives such as ProtectHome=, sections such as [Service], specifiers such as %n, capabilities, system calls and their groups, exit statuses such as 226/NAMESPACE, codes of findings. With a path it explains why that unit failed, from a status or from lines of the journal, and names the smallest change that helps.",
  schema: strict({
    names: z.array(z.string().min(1)).optional().describe("names to explain"),
    path: UNIT.path.optional().describe("path of the unit that failed"),
    status: z.string().min(1).optional().describe("how the unit failed, such as 226/NAMESPACE"),
    journal: z.string().optional().describe("lines of the journal, of systemctl status or of the program"),
    text: UNIT.text,
    ...TARGET,
  })
    .refine((it) => it.path !== undefined || (it.status ?? it.journal ?? it.text) === undefined, {
      error: "status, journal and text are about a unit: path is missing",
    })
    .refine((it) => it.path === undefined || it.names === undefined, {
      error: "names and path are two questions: ask them one after the other",
    })
    .refine((it) => it.status === undefined || it.journal === undefined, {
      error: "status and journal exclude each other: both say how the unit failed",
    }),
  input: ({ names = [], path, status, journal, ...request }) => {
    if (path === undefined) return { argv: ["explain", ...targetOf(request), "--", ...names] };
    const { argv, ...rest } = inputOf("explain", { ...request, path });
    const failure = journal === undefined ? (status ?? "") : "-";
    return { ...rest, argv: argv.with(-1, failure).concat(path), ...(journal === undefined ? {} : { stdin: journal }) };
  },
});

/** All tools; each is a command of the command line. */
export const TOOLS: readonly Tool[] = [check, security, harden, explain, sandbox];

function tool<Shape extends z.ZodObject>(it: Tool<Shape>): Tool {
  // What calls it has held the arguments to its own schema.
  return { ...it, input: (request) => it.input(request as z.infer<Shape>) };
}

interface Target {
  readonly systemd?: number | string | undefined;
  readonly scope?: "system" | "user" | undefined;
}

type AskedUnit = Target & { readonly path: string; readonly text?: string | undefined };

function inputOf(
  command: string,
  { path, text, ...target }: AskedUnit,
  profile?: string,
  ...more: readonly string[]
): ToolInput {
  const options = [...targetOf(target), ...(profile === undefined ? [] : [`--profile=${profile}`]), ...more];
  return { argv: [command, ...options, "--", path], ...(text === undefined ? {} : { file: { path, text } }) };
}

function targetOf({ systemd, scope }: Target): string[] {
  return [...(systemd === undefined ? [] : [`--systemd=${systemd}`]), ...(scope === undefined ? [] : [`--${scope}`])];
}
