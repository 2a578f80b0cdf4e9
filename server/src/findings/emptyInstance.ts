import type { Unit } from "../units/unit.ts";
import { parseUnitName } from "../values/unitName.ts";

/** The instance; in a name of a unit without an instance systemd takes the name of the unit for it. */
const INSTANCE = /(?<!%)(?:%%)*%[iI]/;

/** The name of a service that is no template where a value of it uses the instance, which is then empty. */
export function withoutInstance({ path }: Pick<Unit, "path">, text: string): string | undefined {
  if (!text.includes("%") || path.name === undefined || path.template !== undefined) return undefined;
  const name = parseUnitName(path.name);
  if (name?.kind !== "service" || name.instance !== undefined || name.stem.endsWith("-")) return undefined;
  return INSTANCE.test(text.replace(/@%i/g, "")) ? name.full : undefined;
}
