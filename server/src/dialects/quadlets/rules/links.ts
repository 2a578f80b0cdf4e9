import type { Fix } from "../../../findings/finding.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule, UnitContext } from "../../../findings/rule.ts";
import { systemUnitsNamed } from "../../../findings/systemUnits.ts";
import { nearestTree } from "../../../units/index/nearestTree.ts";
import type { Unit } from "../../../units/unit.ts";
import { linksIn } from "./generated.ts";

const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";
const INSTALL = "[Install]\nWantedBy=multi-user.target\n";

const missingLink: Rule = {
  code: "quadlet/missing-link",
  title: "Link to a quadlet that is not there",
  why: "Names that end in .network, .volume, .pod, .image, .build or .container stand for other quadlets. Podman's generator refuses a file that names one which it does not find, so that there is no service. It expands no specifiers: there is no instance yet, so Pod=%i.pod names a file that is called exactly so.",
  page: "podman-systemd.unit(5)",
  bad: {
    path: "etc/containers/systemd/x.container",
    text: `${IMAGE}Network=web.network\n${INSTALL}`,
    otherFiles: { "etc/containers/systemd/y.network": "[Network]\n" },
  },
  good: {
    path: "etc/containers/systemd/x.container",
    text: `${IMAGE}Network=web.network\n${INSTALL}`,
    otherFiles: { "etc/containers/systemd/web.network": "[Network]\n" },
  },
  silent: [
    {
      path: "etc/containers/systemd/x.container",
      text: `${IMAGE}Network=web\nVolume=data:/data\n`,
      otherFiles: { "etc/containers/systemd/y.network": "[Network]\n" },
    },
  ],
  *check(unit, context) {
    const reported = new Set<number>();
    for (const { about, start, end, reason } of linksIn(unit)) {
      if (reason === "resource-name" || reported.has(start)) continue;
      if (about.includes("%")) {
        reported.add(start);
        const message = `${about} does not exist: podman's generator looks for a quadlet of exactly this name, as it expands no specifiers, and refuses this file`;
        yield { start, end, severity: "error", message, fixes: onlyOne(start, end, about, context) };
        continue;
      }
      if (about.includes("$") || !context || !mayMiss(unit, context)) continue;
      if (nearestTree(context.index, about, context.path)) continue;
      reported.add(start);
      const message = `${about} is not among the quadlets: podman refuses this file, and there is no service`;
      yield { start, end, severity: "error", message };
    }
  },
};

/** The name of the only quadlet of that type around, which is meant. */
function onlyOne(start: number, end: number, about: string, context: UnitContext | undefined): readonly Fix[] {
  const suffix = about.slice(about.lastIndexOf("."));
  const folder = context?.path.slice(0, context.path.lastIndexOf("/") + 1) ?? "";
  const names = [...(context?.index.files.keys() ?? [])].flatMap((it) =>
    it.startsWith(folder) && it.endsWith(suffix) ? it.slice(folder.length) : [],
  );
  const [newText = ""] = names;
  if (names.length !== 1 || /[/@]/.test(newText)) return [];
  return [{ title: `Change to ${newText}`, safe: false, edits: () => [{ start, end, newText }] }];
}

/** Whether it is known that a quadlet is missing. */
const mayMiss = (unit: Unit, context: UnitContext): boolean =>
  seesOthers(context) || (context.complete && isPlaced(unit));

/** Whether a file lies where podman's generator looks. */
const isPlaced = ({ path }: Unit): boolean => "placed" in path && path.placed;

/** Whether more is known than the file itself: alone it may be one of many. */
const seesOthers = ({ index, path }: UnitContext): boolean =>
  [...index.files.keys()].some((it) => it !== path && QUADLET.test(it));

const QUADLET = /\.(?:container|pod|kube|network|volume|image|build|artifact)$/;

/** What the lists of reference/user-manager are for units that a user writes; the generator makes links as they say. */
const userManager: Rule = {
  code: "quadlet/user-manager",
  title: "Unit of the system used in a user's quadlet",
  why: "A rootless quadlet becomes a unit of the user manager, which does not have the units of the system: the generator makes the link below multi-user.target all the same, and nothing ever starts the container. The user manager starts default.target.",
  page: "podman-systemd.unit(5)",
  bad: {
    path: "home/a/.config/containers/systemd/x.container",
    text: `${IMAGE}[Install]\nWantedBy=multi-user.target\n`,
  },
  good: {
    path: "home/a/.config/containers/systemd/x.container",
    text: `${IMAGE}[Install]\nWantedBy=default.target\n`,
  },
  silent: [{ path: "etc/containers/systemd/x.container", text: `${IMAGE}[Install]\nWantedBy=multi-user.target\n` }],
  check: systemUnitsNamed,
};

/** What a quadlet names that is not there. */
export const QUADLET_LINK_RULES: readonly Rule[] = [...alsoInDropIns([missingLink]), userManager];
