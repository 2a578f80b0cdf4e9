import ownUnits from "../data/own-units-by-directive.json" with { type: "json" };
import packages from "../data/packages-by-directive.json" with { type: "json" };
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { unitDocument } from "../server/src/families/document.ts";
import { unitPath } from "../server/src/families/unitFiles/unitPath.ts";
import { complete } from "../server/src/features/completion.ts";
import { viewOf } from "../server/src/features/view.ts";
import { ROWS } from "../server/src/hardening/profiles.ts";

/** The first letters of a directive as somebody types them, and what they lead to. */
export interface TypedBeginning {
  readonly section: string;
  readonly typed: string;
  /** What is meant, as far as counts can say. */
  readonly meant: string;
  /** What stands first in a list that is ordered as VS Code does it: by the case of letters, then in our order. */
  readonly first: string | undefined;
  /** How many services that people wrote for themselves set what is meant. */
  readonly ownUnits: number;
}

type Counts = Readonly<Record<string, number>>;
const SECTIONS = ["Unit", "Service", "Install"] as const;
const LETTERS = 3;
/** What fewer services set is left to chance. */
const LEAST = 2;

/** The first letters of each directive that some services of people's own set, and `std`, as stdout is called everywhere. */
export function typedBeginnings(): TypedBeginning[] {
  return SECTIONS.flatMap((section) => {
    const own: Counts = ownUnits[section];
    const common = Object.keys(own).filter((it) => (own[it] ?? 0) >= LEAST);
    const beginnings = new Set(common.map((it) => it.slice(0, LETTERS).toLowerCase()));
    const rows = [...beginnings].map((typed) => ({ section, typed, meant: meantBy(section, typed) }));
    const all = section === "Service" ? [...rows, { section, typed: "std", meant: "StandardOutput" }] : rows;
    return all.map((it) => ({ ...it, first: firstOffered(section, it.typed), ownUnits: own[it.meant] ?? 0 }));
  });
}

/** Of the names that begin so the one that is set most often; of two of which one begins the other, the shorter one. */
function meantBy(section: (typeof SECTIONS)[number], typed: string): string {
  const [own, packaged]: readonly Counts[] = [ownUnits[section], packages[section]];
  const share = (counts: Counts = {}, name: string): number => (counts[name] ?? 0) / Math.max(...Object.values(counts));
  const use = (name: string): number =>
    share(own, name) + (ROWS.some((it) => it.directive === name) ? 0 : share(packaged, name));
  const names = Object.keys({ ...own, ...packaged }).filter((it) => it.toLowerCase().startsWith(typed));
  const [most = typed] = names.toSorted((a, b) => use(b) - use(a));
  return names.filter((it) => most.startsWith(it)).toSorted((a, b) => a.length - b.length)[0] ?? most;
}

function firstOffered(section: string, typed: string): string | undefined {
  const path = unitPath("/etc/systemd/system/shop.service");
  if (!path) return undefined;
  const text = `[${section}]\n${typed}`;
  const { items } = complete(viewOf(unitDocument(path, `${text}\n`), NEWEST_VERSION), text.length, { snippets: true });
  return items
    .flatMap(({ label, filterText = label, sortText = "" }) =>
      filterText.toLowerCase().startsWith(typed) ? { label, sortText, otherCase: capitals(filterText, typed) } : [],
    )
    .toSorted((a, b) => a.otherCase - b.otherCase || (a.sortText < b.sortText ? -1 : 1))[0]?.label;
}

/** How many letters that are typed are capitals in a name: of two, VS Code prefers the one with fewer. */
const capitals = (name: string, typed: string): number => name.slice(0, typed.length).match(/[A-Z]/g)?.length ?? 0;
