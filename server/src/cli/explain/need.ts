import { needNamed } from "../../needs/vocabulary.ts";
import type { Explanation } from "./layout.ts";

/** A need that comments state, by its name. */
export function explainNeed(name: string): Explanation[] {
  const need = needNamed(name);
  if (!need) return [];
  const settings = Object.keys(need.decides).map((it) => `${it}=`);
  return [
    {
      title: `${need.name}, a need of services`,
      parts: [
        need.meaning,
        `The comment "# unit-warden: no ${need.name}" in a unit states that the service ${need.no}, "needs ${need.name}" that it ${need.needs}.`,
        `Hardening asks for it before it sets ${settings.join(", ")}.`,
      ],
    },
  ];
}
