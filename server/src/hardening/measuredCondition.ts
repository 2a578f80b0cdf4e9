import type { KnownObjection } from "../learn/known.ts";
import type { PackagedConfiguration } from "../needs/packagedConfiguration.ts";
import type { Facts } from "../service/facts.ts";
import type { Kind } from "../service/kinds.ts";
import { isOpenTo } from "./beyondRuns.ts";
import { isAboutKind } from "./exclusions.ts";
import type { MeasuredDaemon } from "./measuredDaemon.ts";
import type { HardeningDirective } from "./profiles.ts";

/**
 * Kinds of programs that do their work as their package sets them up, and of which only what somebody configures besides
 * needs more, such as checks and actions. Others do nothing until somebody does, or depend on hardware, files and clients.
 */
const AT_WORK_UNCHANGED: ReadonlySet<Kind> = new Set(["clock", "firewall", "monitoring"]);

/** Whether a value that was measured is only ruled out by what such a program may be configured to do. */
export function isSetByConfiguration(
  name: HardeningDirective,
  known: KnownObjection | undefined,
  { kinds }: Facts,
): boolean {
  const open = [...kinds].filter((it) => isOpenTo(it, name));
  return known !== undefined && isAboutKind(known.reason) && open.every((it) => AT_WORK_UNCHANGED.has(it));
}

/** What has to hold for a value that was measured, the end of a sentence. */
export const conditionOf = (daemon: MeasuredDaemon): string =>
  `if its configuration is that of ${daemon.package} ${daemon.version}, with which a run proved it; ${exercisedIn(daemon)}`;

/** The same where the configuration that the service reads is known to be another one, or is not known yet. */
export function changedCondition(
  daemon: MeasuredDaemon,
  configuration: Exclude<PackagedConfiguration, { readonly state: "untouched" }>,
): string {
  if (configuration.state === "late") return conditionOf(daemon);
  const { state, path } = configuration;
  const how = state === "changed" ? `its configuration is changed: ${path}` : `no package brought ${path}`;
  return `if nothing more is needed, as ${how}; a run proved it with that of ${daemon.package} ${daemon.version}; ${exercisedIn(daemon)}`;
}

/** So much of what was done is told. */
const MOST = 100;

/** What was done to a daemon when it was measured; nothing else was. */
export function exercisedIn({ exercised }: MeasuredDaemon): string {
  const all = [...new Set(exercised)].join(", ");
  return `exercised: ${all.length > MOST ? `${all.slice(0, MOST)}…` : all}`;
}
