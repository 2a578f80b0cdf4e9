import type { UnitContext } from "../findings/rule.ts";

/** Whether a unit comes with a package, which may bring along what cannot be seen from the unit. */
export const isPackaged = ({ path }: UnitContext): boolean =>
  /(?:^|\/)(?:lib\/systemd\/(?:system|user)|debian)\/[^/]+$/.test(path);
