import type { DirectiveName } from "../../catalog/catalog.ts";
import type { UnitSettings } from "../../security/settings.ts";
import type { PayloadWorld } from "./payloadWorld.ts";

/**
 * What a setting of [Service] does to podman: `no-start` breaks every start, `boot` the first one after a boot, `dead-port`
 * leaves published ports dead from the second start on, `no-port` from the first.
 */
export type TrapEffect = "no-start" | "boot" | "dead-port" | "no-port";

/** What was said when it was tried. */
export interface TrapEvidence {
  /** The exit status of podman, or of the step of systemd that failed. */
  readonly status: number;
  /** The last words of podman, without what changes from run to run. */
  readonly message: string;
}

/** Where a trap lies. */
export interface TrapContext {
  readonly settings: UnitSettings;
  readonly world: PayloadWorld;
  /** The value of the last line of the directive. */
  readonly text: string;
}

/** A setting of [Service] that does not go with podman, as it was seen with a real one. */
export interface ServiceTrap {
  readonly directive: DirectiveName;
  readonly effect: TrapEffect;
  readonly holds: (context: TrapContext) => boolean;
  /** Missing where the start succeeds. */
  readonly seen?: TrapEvidence;
}

/** Whether a container is on a bridge, where netavark needs rights of its own. */
export const isOnBridge = ({ rootless, network }: PayloadWorld): boolean => !rootless && network.kind === "bridge";

/** Whether podman forwards ports of the host to it. */
export const forwardsPorts = (world: PayloadWorld): boolean =>
  isOnBridge(world) && (world.network.ports.length > 0 || world.network.all !== undefined);
