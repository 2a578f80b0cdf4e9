import type { FailureCause, ShownFailure } from "../../../server/src/server/protocol.ts";
import { codeParts } from "../../../server/src/text/markdown.ts";
import { element } from "../dom.ts";
import { t } from "../texts.ts";
import type { AppliedChange, FailureTool, FromFailures, ToFailures } from "./messages.ts";

type Send = (message: FromFailures) => void;

/** The failures of one unit, the last one first. */
export function failuresPage(shown: ToFailures, send: Send): HTMLElement {
  const { explained, applied } = shown;
  const { failures, more } = explained;
  return element(
    "main",
    { class: "failures" },
    heading(shown, send),
    ...failures.map((it, i) => {
      const changes = applied.filter(({ failure }) => failure === i);
      return block(it, `failure-${i}`, doneLines(changes, shown), (message) => send({ ...message, failure: i }), send);
    }),
    more > 0 ? element("p", { class: "sentence" }, t("Older failures that are not listed: {0}.", more)) : undefined,
  );
}

function heading({ explained, name, tools }: ToFailures, send: Send): HTMLElement {
  const { now, failures } = explained;
  const isRunning = now?.kind === "running";
  const title = isRunning ? t("{0} is running", name) : t("Why {0} failed", name);
  const past = failures.filter((it) => it.kind === "failure").length;
  const earlier = past === 0 ? t("The lines show no failure.") : t("What is below failed earlier.");
  const state = isRunning
    ? [now.since === undefined ? "" : t("Since {0}.", now.since), earlier]
    : now?.kind === "stopped" && past > 0
      ? [t("It ended without a failure."), earlier]
      : past === 0
        ? [NOTHING]
        : [];
  return element(
    "header",
    { role: "status" },
    element("h1", {}, title),
    state.length === 0 ? undefined : element("p", { class: "notes" }, state.filter(Boolean).join(" ")),
    tools.length === 0 ? undefined : element("nav", { class: "filters" }, ...tools.map((it) => toolButton(it, send))),
  );
}

const NOTHING = t(
  "These lines tell of no failure. Lines of the journal, the output of systemctl status or systemctl show, or a status such as 226/NAMESPACE do.",
);

function toolButton(tool: FailureTool, send: Send): HTMLElement {
  const button = element("button", { id: `tool-${tool}` }, TOOLS[tool]);
  button.addEventListener("click", () => send({ kind: "tool", tool }));
  return button;
}

const TOOLS: Readonly<Record<FailureTool, string>> = {
  again: t("Ask systemd again"),
  learn: t("Learn what the service needs…"),
  try: t("Try settings on the service…"),
};

type Apply = (message: { readonly kind: "apply"; readonly setting: string; readonly title: string }) => void;

function block(failure: ShownFailure, id: string, done: readonly HTMLElement[], apply: Apply, send: Send): HTMLElement {
  const { headings, causes, lines, isPresent, kind } = failure;
  const items = causes.map((it, i) => cause(it, `${id}-cause-${i}`, isPresent && i === 0, apply, send));
  const listed =
    items.length === 0
      ? []
      : [
          element("h3", { id: `${id}-causes` }, t("Settings that can cause this")),
          element("ul", { class: "causes", "aria-labelledby": `${id}-causes` }, ...items),
        ];
  const find = headings.filter((it) => it.find !== "").map((it) => element("p", {}, ...literal(it.find)));
  return element(
    "section",
    { class: `failure${isPresent ? " present" : ""}`, "aria-labelledby": id },
    element("h2", { id }, titleOf(failure)),
    ...headings.map((it) =>
      element("p", {}, element("strong", { class: "status" }, it.name), " ", ...literal(it.text)),
    ),
    ...done,
    ...listed,
    ...(causes.length > 0 || done.length > 0
      ? [find.length > 0 && kind === "failure" ? otherwise(`${id}-find`, find) : undefined]
      : [element("p", {}, isPresent ? NO_CAUSE : NO_CAUSE_NOW), logLines(lines), ...find]),
  );
}

const CERTAINTY: Readonly<Record<FailureCause["certainty"], string>> = {
  sure: t("sure"),
  likely: t("likely"),
  possible: t("possible"),
};

const NO_CAUSE = t("No setting of this unit is known to cause it. What was said:");
const NO_CAUSE_NOW = t("No setting of the unit as it is now is known to cause it. What was said:");

function titleOf({ kind, isPresent, count, first, last }: ShownFailure): string {
  if (kind === "complaint") return t("What it complains of now");
  const name = isPresent ? t("Last failure") : t("Earlier failure");
  const when = last === undefined ? "" : first === undefined || first === last ? last : t("{0} to {1}", first, last);
  return [name, count > 1 ? t("{0} times", count) : "", when].filter(Boolean).join(" · ");
}

function cause(
  { setting, certainty, reason, lines, place, fixes }: FailureCause,
  id: string,
  isFirst: boolean,
  apply: Apply,
  send: Send,
): HTMLElement {
  const buttons = fixes.map(({ title }, i) => {
    const look = isFirst && i === 0 ? { class: "primary" } : {};
    const button = element("button", { id: `${id}-${i}`, ...look }, ...literal(title));
    button.addEventListener("click", () => apply({ kind: "apply", setting, title }));
    return button;
  });
  return element(
    "li",
    {},
    element(
      "div",
      { class: "setting" },
      ...settingLink(setting, place, id, send),
      " ",
      element("span", { class: `tag ${certainty}` }, CERTAINTY[certainty]),
    ),
    element("p", {}, ...literal(`${reason}.`)),
    logLines(lines),
    buttons.length === 0 ? undefined : element("div", { class: "filters" }, ...buttons),
  );
}

/** The setting, which leads to where it stands. */
function settingLink(setting: string, place: FailureCause["place"], id: string, send: Send): (HTMLElement | string)[] {
  if (!place) return [element("code", {}, setting)];
  const link = element("a", { href: "#", id: `${id}-place` }, element("code", {}, setting));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    send({ kind: "open", uri: place.uri, line: place.line });
  });
  return [link, " ", element("span", { class: "sentence" }, place.label)];
}

const logLines = (lines: readonly string[]): HTMLElement | undefined =>
  lines.length === 0 ? undefined : element("pre", {}, lines.join("\n"));

function otherwise(id: string, content: readonly HTMLElement[]): HTMLElement {
  // What the reader opened stays open as the page is drawn again.
  const before = document.getElementById(id);
  const open = before instanceof HTMLDetailsElement && before.open ? { open: "" } : {};
  return element("details", { id, ...open }, element("summary", {}, t("If it is none of these")), ...content);
}

/** What was done, and how to see whether it helps. */
function doneLines(changes: readonly AppliedChange[], { name, explained }: ToFailures): HTMLElement[] {
  if (changes.length === 0) return [];
  const user = explained.scope === "user" ? " --user" : "";
  const files = [...new Set(changes.flatMap((it) => it.files))].join(", ");
  const commands = `systemctl${user} daemon-reload && systemctl${user} restart ${name}`;
  return [
    element(
      "div",
      { class: "done", role: "status" },
      ...changes.map(({ title }) => element("p", {}, "✓ ", ...literal(title))),
      element(
        "p",
        { class: "sentence" },
        t("Done in {0}. Save it, then start the unit again:", files),
        " ",
        element("code", {}, commands),
      ),
    ),
  ];
}

/** Text in which backquotes stand around what is literal. */
const literal = (text: string): (HTMLElement | string)[] =>
  codeParts(text).map((part) => (part.code ? element("code", {}, part.text) : part.text));
