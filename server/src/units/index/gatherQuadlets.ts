import { isQuadletKind } from "../../facts/quadletKinds.ts";
import type { Gathering } from "./gather.ts";

/** More quadlets in one folder than anybody has; those after them are not looked at. */
const MOST = 500;

/** The texts of the other quadlets in the folder of a quadlet, by their names. */
export function* gatherQuadlets(path: string): Gathering<ReadonlyMap<string, string>> {
  const end = path.lastIndexOf("/");
  const folder = path.slice(0, end);
  const [listed] = yield [{ kind: "list" as const, folder }];
  const names = (listed?.names ?? [])
    .map(({ name }) => name)
    .filter((name) => name !== path.slice(end + 1) && isQuadletKind(name.slice(name.lastIndexOf(".") + 1)))
    .slice(0, MOST);
  const answers =
    names.length === 0 ? [] : yield names.map((it) => ({ kind: "file" as const, path: `${folder}/${it}` }));
  return new Map(names.flatMap((name, i) => [[name, answers[i]?.text ?? ""] as const]));
}
