import type { WhatIf } from "../../../server/src/features/sandbox.ts";
import { shownLegend } from "../../../server/src/features/sandboxTree.ts";
import type { SandboxView } from "../../../server/src/server/protocol.ts";
import { element } from "../dom.ts";
import { t } from "../texts.ts";
import type { Choose, SandboxChoice } from "./choice.ts";
import { pathTree, USED } from "./pathTree.ts";
import { type Send, settingLink } from "./setting.ts";

const PROFILES: readonly { readonly whatIf: WhatIf; readonly label: string; readonly title: string }[] = [
  { whatIf: "now", label: t("Now"), title: t("The service as it is") },
  { whatIf: "basic", label: t("Basic"), title: t("With the safe settings of the basic profile") },
  { whatIf: "strict", label: t("Strict"), title: t("With the safe settings of the strict profile") },
  { whatIf: "isolated", label: t("Isolated"), title: t("With the safe settings of the isolated profile") },
];

/** The world of one service. */
export function sandboxPage(view: SandboxView, choice: SandboxChoice, choose: Choose, send: Send): HTMLElement {
  return element(
    "main",
    { class: "world" },
    heading(view),
    profiles(choice, choose),
    ...warnings(view, send),
    legend(view, choice, choose),
    pathTree(view, choice, choose, send),
    facts(view, send),
  );
}

function heading({ name, user, ownMounts, whatIf }: SandboxView): HTMLElement {
  const what = ownMounts
    ? t("What the service can see, change and execute, and the setting that decides.")
    : t("No setting changes what the service sees of the file system.");
  const service = user ? t("{0} (user service)", name) : name;
  const title =
    whatIf === "now" ? t("The world of {0}", service) : t("The world of {0} with the {1} profile", service, whatIf);
  return element("header", { role: "status" }, element("h1", {}, title), element("p", { class: "sentence" }, what));
}

function profiles({ whatIf }: SandboxChoice, choose: Choose): HTMLElement {
  const buttons = PROFILES.map((it) => {
    const pressed = String(it.whatIf === whatIf);
    const button = element(
      "button",
      { id: `profile-${it.whatIf}`, title: it.title, "aria-pressed": pressed },
      it.label,
    );
    button.addEventListener("click", () => choose({ whatIf: it.whatIf }));
    return button;
  });
  return element("nav", { class: "filters", "aria-label": t("The world with a profile") }, ...buttons);
}

function warnings({ messages, failure, files, ...view }: SandboxView, send: Send): HTMLElement[] {
  const lines = messages.map((it) => element("p", {}, t("systemd does not load the unit: {0}", it)));
  if (failure) {
    const setting = settingLink(failure.setting, { ...view, files }, send);
    const why = ` ${t("needs {0}, which is missing: the service fails with 226/NAMESPACE.", failure.path)}`;
    lines.push(element("p", {}, setting, why));
  }
  return lines.length === 0 ? [] : [element("section", { class: "notes", role: "alert" }, ...lines)];
}

function legend(view: SandboxView, { all }: SandboxChoice, choose: Choose): HTMLElement {
  const shown = view.paths.filter((it) => all || !it.minor);
  const item = (mark: HTMLElement, meaning: string): HTMLElement =>
    element("li", {}, mark, element("span", {}, meaning));
  const items = shownLegend(view, shown).map(({ label, meaning, state, owner }) => {
    const look = owner === "root" ? "state roots" : state === undefined ? "more" : `state ${state}`;
    return item(element("span", { class: look }, label), meaning);
  });
  if (shown.some((it) => it.used))
    items.push(
      item(
        element("span", { class: "used" }, `${USED.read.mark} ${USED.written.mark} ${USED.executed.mark}`),
        t("what a run of the service read, wrote and executed, here or below"),
      ),
    );
  const box = element("input", { type: "checkbox", id: "all" });
  box.checked = all;
  box.addEventListener("change", () => choose({ all: box.checked }));
  const label = element(
    "label",
    { class: "all", for: "all" },
    box,
    ` ${t("All paths, including those needed only for other settings")}`,
  );
  return element("section", { class: "legend", "aria-label": t("Legend") }, element("ul", {}, ...items), label);
}

function facts({ facts: known, ...view }: SandboxView, send: Send): HTMLElement {
  const rows = known.flatMap(({ topic, text, settings }) => [
    element("dt", {}, topic),
    element("dd", {}, text, ...settings.flatMap((it) => [" ", settingLink(it, view, send)])),
  ]);
  return element("section", { class: "facts", "aria-label": t("Other than files") }, element("dl", {}, ...rows));
}
