import { nearestTree } from "../../units/index/nearestTree.ts";
import type { Unit } from "../../units/unit.ts";
import { alsoInDropIns } from "../inDropIns.ts";
import type { Rule, UnitContext } from "../rule.ts";
import { linksIn } from "./generated.ts";

const IMAGE = "[Container]\nImage=quay.io/a/b:1\n";

const missingLink: Rule = {
  code: "quadlet/missing-link",
  title: "Link to a quadlet that is not there",
  why: "Names that end in .network, .volume, .pod, .image, .build or .container stand for other quadlets. Podman's generator refuses a file that names one which it does not find, so that there is no service.",
  page: "podman-systemd.unit(5)",
  bad: {
    path: "etc/containers/systemd/x.container",
    text: `${IMAGE}Network=web.network\n`,
    otherFiles: { "etc/containers/systemd/y.network": "[Network]\n" },
  },
  good: {
    path: "etc/containers/systemd/x.container",
    text: `${IMAGE}Network=web.network\n`,
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
    if (!context || !(seesOthers(context) || (context.complete && isPlaced(unit)))) return;
    const told = new Set<number>();
    for (const { about, start, end, reason } of linksIn(unit)) {
      if (reason === "resource-name" || told.has(start) || /[%$]/.test(about)) continue;
      if (nearestTree(context.index, about, context.path)) continue;
      told.add(start);
      const message = `${about} is not among the quadlets: podman refuses this file, and there is no service`;
      yield { start, end, severity: "error", message };
    }
  },
};

/** Whether a file lies where podman's generator looks. */
const isPlaced = ({ path }: Unit): boolean => "placed" in path && path.placed;

/** Whether more is known than the file itself: alone it may be one of many. */
const seesOthers = ({ index, path }: UnitContext): boolean =>
  [...index.files.keys()].some((it) => it !== path && QUADLET.test(it));

const QUADLET = /\.(?:container|pod|kube|network|volume|image|build|artifact)$/;

/** What podman does not find among the quadlets. */
export const QUADLET_LINK_RULES: readonly Rule[] = alsoInDropIns([missingLink]);
