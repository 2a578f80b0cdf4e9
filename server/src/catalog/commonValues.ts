import data from "../../../data/common-values.json" with { type: "json" };
import type { UnitKind } from "../facts/unitKinds.ts";
import type { DirectiveName } from "./catalog.ts";

/** What the order of values depends on besides the directive. */
interface Home {
  readonly kind: UnitKind;
  readonly scope: "system" | "user";
}

/**
 * The values of a directive that are written most often, the most common first. A table holds only what our own order of the
 * words does not say; the words that it leaves out keep that order.
 *
 * Counted in the units of 1,089 packages of Debian (`npm run count-values -- --directive NAME`), by the number of packages
 * that set a value. What the count does not decide: network-online.target stands first, as it is what a service of its own
 * needs; numbers keep one spelling each; what is wrong, obsolete or weak for a new unit is left out.
 */
export function commonValues(directive: DirectiveName, { kind, scope }: Home): readonly string[] {
  if (directive === "WantedBy" || directive === "RequiredBy")
    return INSTALLATION[scope][kind] ?? INSTALLATION[scope].service ?? [];
  return (scope === "user" ? USER[directive] : undefined) ?? SYSTEM[directive] ?? [];
}

/**
 * The words that lists mostly leave out, after a `~`, counted in the same way. The groups of system calls are those that
 * `systemd-analyze security` asks for; packages have them about equally often.
 */
export const valuesLeftOut = (directive: DirectiveName): readonly string[] => LEFT_OUT[directive] ?? [];

type ValuesBy<Name extends string> = Readonly<Partial<Record<Name, readonly string[]>>>;

const INSTALLATION: Readonly<Record<Home["scope"], ValuesBy<UnitKind>>> = data.installation;
const SYSTEM: ValuesBy<DirectiveName> = data.system;
/** Of units that users run, where that differs. */
const USER: ValuesBy<DirectiveName> = data.user;
const LEFT_OUT: ValuesBy<DirectiveName> = data.leftOut;
