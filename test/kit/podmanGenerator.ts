import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { generate } from "../../server/src/dialects/quadlets/generator/generate.ts";
import { generatedText } from "../../server/src/dialects/quadlets/generator/service.ts";
import { type PodmanVersion, podmanVersionNamed } from "../../server/src/facts/podmanVersions.ts";
import { comparableLines, refusalMessages } from "./quadlets.ts";

/** Where podman has its generator; the variable names another one. */
const GENERATOR = process.env.PODMAN_QUADLET ?? "/usr/libexec/podman/quadlet";

/** Why there is nothing to compare with on this machine; undefined where there is. */
export function noPodmanGenerator(): string | undefined {
  if (!existsSync(GENERATOR))
    return `there is no ${GENERATOR} (apt-get install podman, or name one with PODMAN_QUADLET)`;
  return machineVersion() === undefined ? `the version of ${GENERATOR} is none that is known` : undefined;
}

/** The version of the machine's generator. */
export function machineVersion(): PodmanVersion | undefined {
  const { stdout } = spawnSync(GENERATOR, ["-version"], { encoding: "utf8" });
  return podmanVersionNamed(stdout ?? "");
}

/** Files by their paths below one folder, and whose manager runs the services. */
export type QuadletFiles = {
  readonly files: Readonly<Record<string, string>>;
  readonly user: boolean;
};

/** What the machine's generator makes of files otherwise than we do; undefined where it is the same. */
export function differentFromMachine({ files, user }: QuadletFiles): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-quadlets-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { stdout, stderr, status } = spawnSync(GENERATOR, ["-dryrun", ...(user ? ["-user"] : [])], {
      encoding: "utf8",
      env: { QUADLET_UNIT_DIRS: folder, PATH: "/usr/bin:/bin" },
      timeout: 20_000,
    });
    const ours = generate({
      files: new Map(Object.entries(files).map(([path, text]) => [join(folder, path), text])),
      folders: [folder],
      version: machineVersion() ?? 0,
      scope: user ? "user" : "system",
      exists: existsSync,
    });
    const crashed = ours.refusals.some(({ reason }) => reason === "crash");
    if (status === 2 || crashed)
      return (status === 2) === crashed ? undefined : `crashes: ${status === 2}, ours ${crashed}`;
    const own = ours.services.map(
      (it) => `${normalize(it.name)}\n${comparableLines(generatedText(it).text).join("\n")}`,
    );
    const services = unequal(own, servicesOf(stdout));
    const names = ours.refusals
      .filter(({ reason }) => reason !== "unreadable-neighbour")
      .map(({ quadlet }) => quadlet.slice(quadlet.lastIndexOf("/") + 1));
    const theirs = refusalMessages(stderr.split("\n").map((it) => it.replace(/^quadlet-generator\[\d+\]: /, "")));
    const refused = unequal([...new Set(names)], [...new Set(theirs.map(({ file }) => file))]);
    if (services === undefined && refused === undefined) return undefined;
    return `${services ?? ""}\n${refused === undefined ? "" : `refused: ${refused}`}\n${stderr}`.replaceAll(
      folder,
      "/U",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The services that a dry run prints. */
function servicesOf(stdout: string): string[] {
  const parts = stdout.split(/^---(.*\.service)---$/m);
  const services: string[] = [];
  for (let at = 1; at + 1 < parts.length; at += 2)
    services.push(`${parts[at]}\n${comparableLines(parts[at + 1] ?? "").join("\n")}`);
  return services;
}

function unequal(ours: readonly string[], theirs: readonly string[]): string | undefined {
  const [a, b] = [ours.toSorted(), theirs.toSorted()];
  if (JSON.stringify(a) === JSON.stringify(b)) return undefined;
  return `ours:\n${a.filter((it) => !b.includes(it)).join("\n")}\ntheirs:\n${b.filter((it) => !a.includes(it)).join("\n")}`;
}
