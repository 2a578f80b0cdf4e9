import type { UnitContext } from "../../findings/rule.ts";
import { append } from "../../text/append.ts";
import type { KeptDirective } from "../../units/index/contents.ts";
import { dropInsOf, findUnit, referencesFrom, referencesTo } from "../../units/index/lookup.ts";
import { parseBoolean } from "../../values/boolean.ts";

/** What a unit has of its own that others can join, each as the directive that gives it. */
export interface Shares {
  readonly tmp?: string;
  readonly network?: string;
  readonly ipc?: string;
}

export type Share = keyof Shares;

export const SHARES: readonly Share[] = ["tmp", "network", "ipc"];

/**
 * What each service has to share that a unit joins, directly or through others, the unit itself left out; undefined where
 * one of them cannot be seen. The setting counts both ways and from unit to unit (seen with 257).
 */
export function sharesAround(
  context: UnitContext,
  from: readonly string[],
  self: string,
): ReadonlyMap<string, Shares> | undefined {
  const found = new Map<string, Shares>();
  const waiting = [...from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || name === self) continue;
    const shares = found.size < MAX_UNITS ? sharesOf(context, name) : undefined;
    if (!shares) return undefined;
    found.set(name, shares);
    append(waiting, joinedWith(context, name));
  }
  return found;
}

/** More units than any share namespaces. */
const MAX_UNITS = 20;

function joinedWith({ index, path }: UnitContext, name: string): readonly string[] {
  const isJoin = ({ directive }: { readonly directive: string }): boolean => directive === "JoinsNamespaceOf";
  return [
    ...referencesFrom(index, name, path)
      .filter(isJoin)
      .map((it) => it.target),
    ...referencesTo(index, name, path)
      .filter(isJoin)
      .map((it) => it.from),
  ].filter((it) => it !== name);
}

/** Follows exec_shared_runtime_acquire(), systemd 257 to 262; undefined where the unit is not there or its value is not known. */
function sharesOf({ index, path }: UnitContext, name: string): Shares | undefined {
  const unit = findUnit(index, name, path);
  if (!unit?.fragment || unit.masked || !name.endsWith(".service")) return undefined;
  const fragment = index.files.get(unit.fragment.path);
  if (!fragment) return undefined;
  const files = [fragment, ...dropInsOf(index, name, path)];
  const last = (it: KeptDirective): string =>
    files.findLast(({ settings }) => settings[it] !== undefined)?.settings[it] ?? "";
  const [tmp, network, ipc] = [last("PrivateTmp"), last("PrivateNetwork"), last("PrivateIPC")];
  if ([tmp, network, ipc].some((it) => it !== "" && it !== "disconnected" && parseBoolean(it) === undefined))
    return undefined;
  const isOn = (it: string): boolean => parseBoolean(it) === true;
  const shares: { -readonly [It in Share]?: string } = {};
  if (isOn(tmp)) shares.tmp = "PrivateTmp=";
  if (last("NetworkNamespacePath") !== "") shares.network = "NetworkNamespacePath=";
  else if (isOn(network)) shares.network = "PrivateNetwork=";
  if (last("IPCNamespacePath") !== "") shares.ipc = "IPCNamespacePath=";
  else if (isOn(ipc)) shares.ipc = "PrivateIPC=";
  return shares;
}
