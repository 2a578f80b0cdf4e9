import type { ListedService } from "./messages.ts";

/** What the overview can be sorted by. */
export type Column = "name" | "folder" | "exposure" | "level" | "after";

/** How the reader wants to see the overview. */
export interface OverviewOrder {
  readonly by: Column;
  readonly down: boolean;
  /** Only services with this in their name, folder or level. */
  readonly find: string;
}

/** The most exposed first. */
export const FIRST_ORDER: OverviewOrder = { by: "exposure", down: true, find: "" };

/** Columns of numbers begin with the worst, those of names with A. */
export const beginsDown = (by: Column): boolean => by !== "name" && by !== "folder";

/** The services that the reader looks for, in the order wanted; what has no number counts as the worst. */
export function ordered(rows: readonly ListedService[], { by, down, find }: OverviewOrder): readonly ListedService[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ name, folder, level }: ListedService): string =>
    `${folder}/${name} ${level?.name ?? "refused"}`.toLowerCase();
  const compare = (a: ListedService, b: ListedService): number => {
    if (by === "name" || by === "folder") return a[by].localeCompare(b[by]);
    const [one, other] = [a, b].map((it) => (by === "after" ? it.after : it.exposure) ?? 101);
    return (one ?? 0) - (other ?? 0);
  };
  return rows
    .filter((it) => words.every((word) => text(it).includes(word)))
    .toSorted((a, b) => (down ? -compare(a, b) : compare(a, b)) || a.name.localeCompare(b.name));
}
