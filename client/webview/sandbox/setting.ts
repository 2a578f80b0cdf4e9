import type { ShownSetting } from "../../../server/src/features/sandbox.ts";
import type { SandboxView } from "../../../server/src/server/protocol.ts";
import { unescaped } from "../../../server/src/text/percent.ts";
import { element } from "../dom.ts";
import { t } from "../texts.ts";
import type { FromSandbox } from "./messages.ts";

/** Sends a message to the extension. */
export type Send = (message: FromSandbox) => void;

/** A setting that leads to its line, if it has one; in a tree, whose rows have keys of their own, the tab key passes it by. */
export function settingLink(
  { text, file, line, added }: ShownSetting,
  { files }: Pick<SandboxView, "files">,
  send: Send,
  tab: "stops" | "passes" = "stops",
): HTMLElement {
  const uri = file === undefined ? undefined : files[file];
  if (added) return element("span", { class: "setting added", title: t("The profile adds this") }, `+\u00a0${text}`);
  if (uri === undefined || line === undefined) return element("span", { class: "setting" }, text);
  const place = t("{0}, line {1}", unescaped(uri.slice(uri.lastIndexOf("/") + 1)), line + 1);
  const link = element("a", { class: "setting", href: "#", title: place }, text);
  if (tab === "passes") link.tabIndex = -1;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    send({ kind: "open", uri, line });
  });
  return link;
}
