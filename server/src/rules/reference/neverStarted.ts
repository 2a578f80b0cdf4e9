import { insertIntoSection } from "../../findings/edits.ts";
import { isSpecialName, namedIn } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { nearestTree } from "../../units/index/nearestTree.ts";
import { mergedDirectives } from "../../units/unit.ts";
import { mayStart } from "./firstStart.ts";

const PART = "[Unit]\nPartOf=app.target\n[Service]\nExecStart=/usr/bin/web\n";
const TARGET = "[Unit]\nDescription=App\n[Install]\nWantedBy=multi-user.target\n";

/** Seen with 257: `systemctl start app.target` leaves the service inactive. */
export const neverStarted: Rule = {
  code: "reference/only-part-of",
  title: "Service that only stops with its target",
  why: "PartOf= hands on that a unit is stopped or restarted, and never that it is started. A service that names its target in PartOf= alone is not started with it: WantedBy= in [Install], once it is enabled, or Wants= of the target does that. Only reported where the target can be seen and nothing around starts the service.",
  page: "systemd.unit(5)",
  bad: { path: "web.service", text: PART, otherFiles: { "app.target": TARGET } },
  good: {
    path: "web.service",
    text: `${PART}[Install]\nWantedBy=app.target\n`,
    otherFiles: { "app.target": TARGET },
  },
  silent: [
    { path: "web.service", text: PART },
    {
      path: "web.service",
      text: PART.replace("app.target", "graphical-session.target"),
      otherFiles: { "graphical-session.target": TARGET },
    },
    { path: "web.service", text: PART, otherFiles: { "app.target": `[Unit]\nWants=web.service\n` } },
    {
      path: "web.service",
      text: PART,
      otherFiles: { "app.target": TARGET, "web.timer": "[Timer]\nOnCalendar=daily\n" },
    },
    { path: "web.service", text: PART, otherFiles: { "app.target": TARGET, "app.target.wants/web.service": "" } },
  ],
  needs: ["PartOf"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "service" || role !== "unit" || name === undefined || name.includes("@")) return;
    const target = namedIn(unit, name, "Unit", "PartOf").find(
      (it) =>
        it.name.endsWith(".target") &&
        !isSpecialName(it.name, "system") &&
        !isSpecialName(it.name, "user") &&
        nearestTree(context.index, it.name, context.path),
    );
    if (!target || mergedDirectives(unit, "Install").size > 0 || mayStart(context, name, "")) return;
    const added = `WantedBy=${target.name}`;
    yield {
      start: target.start,
      end: target.end,
      severity: "info",
      message: `PartOf=${target.name} only stops and restarts this service with the target, and nothing starts it: ${added} in [Install] does`,
      directive: "PartOf",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertIntoSection(unit, "Install", [added])] }],
    };
  },
};
