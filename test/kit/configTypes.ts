import { configFamilies } from "../../server/src/families/configFamilies.ts";
import type { ValueType } from "../../server/src/values/valueType.ts";

/** The value type that tables of configuration files call so, whatever its argument, as the first kind of file with such a setting has it. */
export function configType(name: string): ValueType | undefined {
  const descriptions = configFamilies().map((it) => it.description);
  const named = descriptions.find(({ table }) => routinesIn(table.sections).has(routineOf(name)));
  return named ? named.types(`config/${name}`) : descriptions.map(({ types }) => types(`config/${name}`)).find(Boolean);
}

type Sections = ReturnType<typeof configFamilies>[number]["description"]["table"]["sections"];

const routineOf = (name: string): string => name.split(":")[0] ?? "";

const routinesIn = (sections: Sections): ReadonlySet<string> =>
  new Set(
    Object.values(sections).flatMap((rows) =>
      Object.values(rows).flatMap(({ type }) =>
        (typeof type === "string" ? [type] : Object.values(type)).map(routineOf),
      ),
    ),
  );
