import { payloadWorld } from "../../../service/containers/payloadWorld.ts";
import type { ContainerQuadlet } from "../../../service/containers/podmanOptions.ts";
import type { PayloadAnswer } from "../../payloadAnswer.ts";
import { identityAnswers } from "./identityAnswers.ts";
import { kernelAnswers } from "./kernelAnswers.ts";
import { outsideAnswers } from "./outsideAnswers.ts";

/**
 * What a hardened service is asked, asked of the program in the container. The answers are never summed up, least of all
 * into systemd's exposure, which is that of podman.
 */
export function payloadAnswers(quadlet: ContainerQuadlet): readonly PayloadAnswer[] {
  const world = payloadWorld(quadlet);
  return [...identityAnswers(world), ...kernelAnswers(world), ...outsideAnswers(world)];
}

/** Why systemd's exposure says little about a service that starts a container. */
export const EXPOSURE_OF_PODMAN =
  "systemd rates podman, which has to set up the container as root or as the user: what confines the program in the container happens inside of podman and does not move this number";
