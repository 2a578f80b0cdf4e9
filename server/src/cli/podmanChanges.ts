import { describePodman, type PodmanVersion } from "../facts/podmanVersions.ts";
import type { EffectiveUnit } from "../features/effective.ts";
import { settingsText } from "../features/effectiveText.ts";
import { onOneLine, printable } from "../text/printable.ts";
import { diffOf } from "./diff.ts";

/** What one version of podman makes of a quadlet. */
export interface UnderPodman {
  readonly podman: PodmanVersion;
  readonly unit: EffectiveUnit;
}

/** What changes with other versions of podman: for each a diff of the services, or who makes none and why. */
export const podmanChanges = (own: UnderPodman, also: readonly UnderPodman[], colours: boolean): string =>
  also.map((it) => change(own, it, colours)).join("\n");

function change(own: UnderPodman, other: UnderPodman, colours: boolean): string {
  const none = [own, other].filter((it) => it.unit.messages.length > 0);
  if (none.length > 0) {
    const made = [own, other].filter((it) => it.unit.messages.length === 0);
    const lines = [
      ...none.flatMap((it) => it.unit.messages),
      ...made.map((it) => `${describePodman(it.podman)} makes ${it.unit.name}`),
    ];
    return lines.map((it) => `# ${inLine(it)}\n`).join("");
  }
  const [before, after] = [own, other].map((it) => [label(it), settingsText(it.unit)] as const);
  const diff = before && after ? diffOf(before, after, colours) : "";
  if (diff !== "") return diff;
  const [name, older, newer] = [own.unit.name, describePodman(own.podman), describePodman(other.podman)];
  return `# ${inLine(name)}: ${newer} makes the same service as ${older}\n`;
}

/** A tab ends the name of a file in a diff. */
const label = ({ podman, unit }: UnderPodman): string => `${inLine(unit.name)}\t${describePodman(podman)}`;

const inLine = (text: string): string => printable(onOneLine(text));
