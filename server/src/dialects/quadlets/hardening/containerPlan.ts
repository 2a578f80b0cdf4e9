import { silencers } from "../../../findings/suppress.ts";
import type { Profile } from "../../../hardening/profiles.ts";
import { containerOf } from "../../../service/containers/containerOf.ts";
import { payloadWorld } from "../../../service/containers/payloadWorld.ts";
import { CONTAINER, linesOfKey } from "../../../service/containers/podmanOptions.ts";
import type { Assignment, Section } from "../../../syntax/tree.ts";
import { memoBy } from "../../../units/memo.ts";
import { podmanOf } from "../../../units/podman.ts";
import type { Unit } from "../../../units/unit.ts";
import type { ContainerGap } from "./containerGap.ts";
import { CONTAINER_ROWS, type ContainerRowId } from "./containerRows.ts";
import { JUDGES } from "./judges.ts";
import { knownImage } from "./knownImages.ts";
import { withStatement } from "./statedContainer.ts";

const TIERS: readonly Profile[] = ["off", "basic", "strict", "isolated"];

/** The code of the advice of a row. */
export const containerCode = (id: string): string => `hardening/container-${id}`;

/** The section of a .container file that advice points at; undefined of any other file. */
export function containerSection({ path, file }: Unit): Section | undefined {
  if (path.kind !== "container" || path.role !== "unit") return undefined;
  return file.sections.find((it) => it.name === CONTAINER && it.header.closed);
}

/** What a .container file lacks of a profile, in the order of the tiers; none of other files. */
export const containerGaps: (unit: Unit, profile: Profile) => readonly ContainerGap[] = memoBy(
  (unit: Unit, profile: Profile): readonly ContainerGap[] => {
    const quadlet = containerOf(unit);
    const section = containerSection(unit);
    if (!quadlet || !section) return [];
    const world = payloadWorld(quadlet);
    const line = (key: string): Assignment | undefined => linesOfKey(quadlet, CONTAINER, key).at(-1)?.node;
    const image = knownImage(world, line("Exec")?.text ?? "");
    const podman = podmanOf(unit);
    return CONTAINER_ROWS.filter(
      (row) => TIERS.indexOf(row.tier) <= TIERS.indexOf(profile) && row.since <= podman,
    ).flatMap((row): readonly ContainerGap[] => {
      const id: ContainerRowId = row.id;
      const found = JUDGES[id]({ world, image, line });
      if (!found) return [];
      const silenced = silencers(unit.file, containerCode(id), section.header.start).length > 0;
      return [{ row, changes: [], ...withStatement(id, found, unit), silenced }];
    });
  },
);
