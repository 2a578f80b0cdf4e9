import type { Companions } from "../features/view.ts";

/** The other files of the unit of a document, with the addresses of the drop-ins. */
export interface ReadCompanions extends Companions {
  readonly uris: readonly string[];
}

/** Whether the other files of a unit are those of before. */
export function sameCompanions(a: Companions, b: Companions): boolean {
  const [one, other] = [a, b].map(({ main, dropIns, defaults, learnt = main?.learnt, beside = [], loading }) => {
    const others = main?.dropIns.map((it, i) => (i === main.at ? "" : it));
    const own = main && others ? [main.text, main.path.name ?? "", String(main.at), ...others] : [];
    const around = beside.flatMap((it) => [it.path, it.text]);
    const { fragment, dropIns: read = [], learnt: known } = loading?.instead ?? {};
    const instead = [loading?.text, fragment?.text, known?.text, ...read.map((it) => it.text)];
    return [
      ...instead,
      ...dropIns,
      ...own,
      ...around,
      learnt?.path,
      learnt?.text,
      learnt?.needs,
      String(defaults?.restrictSuidSgid === true),
      String(defaults?.files !== undefined),
      defaults?.source?.root,
      String(defaults?.tree !== undefined),
    ];
  });
  return one?.length === other?.length && (one ?? []).every((it, i) => it === other?.[i]);
}
