import type { ConfiguredPort } from "../program/daemons/fact.ts";
import type { Unit } from "../units/unit.ts";
import { valuesOf } from "./settings.ts";

/** What one line of SocketBindAllow= or SocketBindDeny= names. */
interface Binding {
  readonly family: string | undefined;
  readonly protocol: string | undefined;
  readonly from: number;
  readonly to: number;
}

const BINDING = /^(?:(ipv[46])(?::|$))?(?:(tcp|udp)(?::|$))?(?:any|(\d{1,5})(?:-(\d{1,5}))?)?$/;

const bindingsOf = (unit: Unit, name: "SocketBindAllow" | "SocketBindDeny"): readonly Binding[] =>
  valuesOf(unit, name).flatMap((it) => {
    const [whole, family, protocol, from = "0", to = from === "0" ? "65535" : from] = BINDING.exec(it) ?? [];
    return whole === undefined ? [] : [{ family, protocol, from: Number(from), to: Number(to) }];
  });

/**
 * Whether the filter of a unit denies a port for sure: something denies it for all addresses, and nothing of it is allowed. What
 * is allowed counts first; the lists of a slice can only deny more.
 */
export function isPortDenied(unit: Unit, { from, to, protocol }: ConfiguredPort): boolean {
  const meets = (it: Binding): boolean =>
    (it.protocol === undefined || it.protocol === protocol) && it.from <= to && from <= it.to;
  if (bindingsOf(unit, "SocketBindAllow").some(meets)) return false;
  return bindingsOf(unit, "SocketBindDeny").some((it) => it.family === undefined && meets(it));
}
