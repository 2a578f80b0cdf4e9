import type { RunScope } from "../configuration/baselineRun.ts";
import type { FileConfiguration } from "../configuration/configuration.ts";
import { NEWEST_PODMAN, type PodmanVersion, podmanVersionNamed } from "../facts/podmanVersions.ts";
import { type SystemdTarget, targetOf } from "../facts/targets.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import { lineIndex } from "../text/lineIndex.ts";
import type { FileOptions } from "./checkFile.ts";
import { type CodeSelection, type Configurations, configurationAt, isSelectedCode } from "./configurations.ts";
import type { CheckedFile } from "./fileReport.ts";
import type { InputFile } from "./files.ts";
import type { Host } from "./host.ts";
import { mainVersion } from "./options.ts";

const KIND = "configuration";

/** The configurations of a run in which something is found, as files of its report. */
export function configurationFiles({ found }: Configurations, wanted: CodeSelection): InputFile[] {
  return found()
    .filter(({ findings }) => findings.some((it) => isSelectedCode(it.code, wanted)))
    .map(({ path }) => ({ path, unit: undefined, kind: KIND }));
}

/** Whether a file of a report is a configuration. */
export const isConfiguration = ({ kind }: InputFile): boolean => kind === KIND;

/** What is found in a configuration itself. */
export function configurationReport(host: Host, { path }: InputFile, wanted: CodeSelection): CheckedFile {
  const { text = "", findings = [] } = configurationAt(host, path) ?? {};
  return {
    path,
    kind: KIND,
    text,
    lines: lineIndex(text),
    findings: findings.filter((it) => isSelectedCode(it.code, wanted)),
  };
}

/** The file as its configuration has it read: for its manager, unless its place or the options say whose it is, and as no template. */
export function asConfigured<F extends InputFile>(file: F, configuration: FileConfiguration | undefined): F {
  const { scope, templates, placeholders, stated } = configuration ?? {};
  if (!file.unit || !configuration) return file;
  const { scopeIsOpen, ...rest } = file;
  const set = scope === undefined || scope === "auto" || !scopeIsOpen ? undefined : scope;
  const unit = {
    ...file.unit,
    ...(set && { scope: set }),
    ...(templates === "off" && { finished: true as const }),
    ...(placeholders && { placeholders }),
    ...(stated && { stated }),
  };
  return { ...rest, ...(scopeIsOpen && !set && { scopeIsOpen }), unit } as F;
}

/** The systemd that a file is for: as the option says where it was given, else as its configuration does. */
export function versionFor(
  { systemd }: { readonly systemd: SystemdVersion },
  given: readonly string[],
  configuration: FileConfiguration | undefined,
): SystemdVersion {
  return given.includes("systemd") || !configuration?.systemd ? systemd : mainVersion(configuration.systemd);
}

/** The podman that a file is for, likewise. */
export function podmanFor(
  { podman }: { readonly podman: PodmanVersion },
  given: readonly string[],
  configuration: FileConfiguration | undefined,
): PodmanVersion {
  return given.includes("podman") ? podman : (podmanVersionNamed(configuration?.podman ?? "") ?? podman);
}

/** How a file is to be checked: as the options say that were given, else as its configuration does. */
export function withConfiguration(
  options: FileOptions,
  given: readonly string[],
  configuration: FileConfiguration | undefined,
): FileOptions {
  if (!configuration) return options;
  const { profile = options.profile, systemd = options.systemd, failOn = options["fail-on"], rules } = configuration;
  return {
    ...options,
    profile: given.includes("profile") ? options.profile : profile,
    systemd: given.includes("systemd") ? options.systemd : systemd,
    podman: podmanFor(options, given, configuration),
    "fail-on": given.includes("fail-on") ? options["fail-on"] : failOn,
    rules,
  };
}

/** What a run is asked about a file, besides what is usual for it. */
export function runScopeOf(
  options: FileOptions,
  given: readonly string[],
  configuration: FileConfiguration | undefined,
): RunScope {
  const { systemd = [], podman, profile: usualProfile = "basic" } = configuration ?? {};
  const names = (targets: readonly SystemdTarget[]): string[] =>
    (targets.length > 0 ? targets : [targetOf(NEWEST_VERSION)]).map((it) => it.name).sort();
  const isOther = names(options.systemd).join() !== names(systemd).join();
  const usualPodman = podmanVersionNamed(podman ?? "") ?? NEWEST_PODMAN;
  const targets = [
    ...(isOther ? names(options.systemd) : []),
    ...(options.podman === usualPodman ? [] : [`podman ${options.podman.toFixed(1)}`]),
    ...["user", "system"].filter((it) => given.includes(it)),
  ];
  const { select, ignore, profile, root } = options;
  return { select, ignore, profile, usualProfile, targets, hasRoot: root !== undefined };
}
