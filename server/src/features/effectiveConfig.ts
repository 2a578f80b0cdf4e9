import { checkedPath, isConfigPath } from "../families/checkedPath.ts";
import { catConfig } from "../units/effective/catConfig.ts";
import type { GatheredUnit } from "../units/index/gather.ts";
import { configPlaceOf } from "../units/index/gatherConfig.ts";

/** All files that count for a configuration, as `systemd-analyze cat-config` prints them; undefined where a path is of no configuration. */
export function shownConfig(path: string, gathered: GatheredUnit): string | undefined {
  const checked = checkedPath(path);
  if (!checked || !isConfigPath(checked)) return undefined;
  return catConfig(gathered, `${configPlaceOf(path, checked).below}/${gathered.id}`);
}
