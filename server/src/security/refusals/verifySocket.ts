import type { UnitSettings } from "../settings.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** Follows socket_verify(), systemd 257 to 262. */
export function verifySocket(settings: UnitSettings): Refusal | undefined {
  const { listening, accept, maxConnections, present } = settings;
  if (listening.accepting + listening.other === 0) {
    return refusal("nothing-to-do", "ListenStream", "This socket listens on nothing");
  }
  if (accept && listening.other > 0) {
    const message =
      "Accept=yes works only with ListenStream= or ListenSequentialPacket=: other addresses have no connections";
    return refusal("accept-without-connections", "Accept", message);
  }
  if (maxConnections === 0) {
    return refusal("no-connections", "MaxConnections", "MaxConnections=0 would reject all connections");
  }
  if (accept && present.has("Service")) {
    const message = "Service= cannot be combined with Accept=yes, which starts an instance for each connection";
    return refusal("accept-service", "Service", message);
  }
  if (present.has("Symlinks") && listening.nodes !== 1) {
    const count = listening.nodes === 0 ? "none" : `${listening.nodes} of them`;
    return refusal(
      "symlink-target",
      "Symlinks",
      `Symlinks= needs exactly one path to listen on, but there are ${count}`,
    );
  }
  if (accept && settings.deferTrigger !== "no") {
    return refusal("accept-deferred", "DeferTrigger", "DeferTrigger= cannot be combined with Accept=yes");
  }
  return undefined;
}
