import type { DirectiveName } from "../../../catalog/catalog.ts";
import { NEWEST_VERSION, type SystemdVersion } from "../../../facts/version.ts";
import { effective } from "../../../security/effective.ts";
import { assigned } from "../../../service/settings.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import { readUnit, type Unit } from "../../../units/unit.ts";
import { payloadWorld } from "../payload/payloadWorld.ts";
import type { ContainerQuadlet } from "../payload/told.ts";
import { DEAD_PORT, NO_PORT, NO_START } from "./rootfulTraps.ts";
import { ROOTLESS } from "./rootlessTraps.ts";
import type { ServiceTrap } from "./trap.ts";

/** A line of [Service] that does not go with podman. */
export interface TrappedLine {
  readonly trap: ServiceTrap;
  /** The last line of the directive, whose offsets count in its file. */
  readonly node: Assignment;
  /** Which of the files of the quadlet it is in. */
  readonly file: number;
}

/** A quadlet as the service that its lines of [Service] are read for; podman's own lines are not in it. */
export const asService: (quadlet: ContainerQuadlet & { readonly systemd?: SystemdVersion }) => Unit = memo(
  ({ files, scope, systemd = NEWEST_VERSION }: ContainerQuadlet & { readonly systemd?: SystemdVersion }) => {
    const [main = "", ...dropIns] = files.map((it) => it.text);
    return readUnit({ kind: "service", role: "unit", name: "x.service", scope }, main, systemd, dropIns);
  },
);

/** The lines of [Service] that break podman, each with the worst that it does; in the order of the tables. */
export const serviceTraps: (quadlet: ContainerQuadlet) => readonly TrappedLine[] = memo((quadlet: ContainerQuadlet) => {
  const service = asService(quadlet);
  const { settings } = effective(service);
  const world = payloadWorld(quadlet);
  const traps = world.rootless ? ROOTLESS : [...NO_START, ...NO_PORT, ...DEAD_PORT];
  const found = new Map<DirectiveName, TrappedLine>();
  for (const trap of traps) {
    const node = found.has(trap.directive) ? undefined : assigned(service, trap.directive).at(-1);
    if (!node || !trap.holds({ settings, world, text: node.text })) continue;
    const file = [service.file, ...service.dropIns].findIndex((it) => it.nodes.includes(node));
    found.set(trap.directive, { trap, node, file });
  }
  return [...found.values()];
});
