import type { ConfigurationFact } from "../program/daemons/fact.ts";
import { placeOfFact } from "../service/daemonConfiguration.ts";
import type { Facts } from "../service/facts.ts";
import { memo } from "../units/memo.ts";
import { isWithin } from "../values/path.ts";
import type { NeedFact } from "./fact.ts";
import { HOMES } from "./homeFolders.ts";
import type { NeedName } from "./vocabulary.ts";

/** What lines of the configuration of its daemons say that a service needs; what holds without a line may be changed elsewhere. */
export const configurationFacts: (facts: Facts) => readonly NeedFact[] = memo(({ configured }: Facts) =>
  configured.flatMap((fact) => {
    const { path, line } = fact;
    if (line === undefined) return [];
    const place = { kind: "daemon", path, line } as const;
    return needsOf(fact).map(
      ({ need, detail, does }): NeedFact => ({
        need,
        says: "needs",
        detail,
        source: "configuration",
        place,
        reason: `${placeOfFact(fact)} ${does}`,
      }),
    );
  }),
);

interface NeedOfFact {
  readonly need: NeedName;
  readonly detail: string;
  /** The end of a sentence about the place. */
  readonly does: string;
}

function needsOf({ kind, value, port }: ConfigurationFact): readonly NeedOfFact[] {
  if (port) {
    const detail = String(port.from);
    const does = `has it open port ${port.from}`;
    return [
      { need: "ports", detail, does },
      { need: "network", detail, does },
    ];
  }
  if (HOMES.some((it) => isWithin(value, it))) return [{ need: "homes", detail: value, does: `names ${value}` }];
  const isShared = kind === "socket" && /^\/(?:var\/)?tmp\//.test(value);
  return isShared ? [{ need: "shared-tmp", detail: value, does: `has it make the socket ${value}` }] : [];
}
