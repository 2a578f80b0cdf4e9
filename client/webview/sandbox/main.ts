import type { WhatIf } from "../../../server/src/features/sandbox.ts";
import { noticePage, replacePage } from "../dom.ts";
import { editorAround } from "../editor.ts";
import type { Notice } from "../messages.ts";
import type { SandboxChoice } from "./choice.ts";
import type { FromSandbox, ToSandbox } from "./messages.ts";
import { sandboxPage } from "./sandboxPage.ts";

const editor = editorAround<FromSandbox>();
const { send } = editor;
let choice: SandboxChoice = readChoice(editor.kept());
let shown: ToSandbox | Notice | undefined;

function readChoice(state: unknown): SandboxChoice {
  const { whatIf, all, closed, at } = (
    typeof state === "object" && state !== null ? state : {}
  ) as Partial<SandboxChoice>;
  const known: readonly WhatIf[] = ["now", "basic", "strict", "isolated"];
  return {
    whatIf: known.find((it) => it === whatIf) ?? "now",
    all: all === true,
    closed: Array.isArray(closed) ? closed.filter((it) => typeof it === "string") : [],
    at: typeof at === "string" ? at : "/",
  };
}

/** What the reader chose changes; another profile is asked for, everything else is drawn from what is here. */
function choose(changed: Partial<SandboxChoice>): void {
  const asks = changed.whatIf !== undefined && changed.whatIf !== choice.whatIf;
  choice = { ...choice, ...changed };
  editor.keep(choice);
  if (asks) send({ kind: "wanted", whatIf: choice.whatIf });
  else draw();
}

function draw(): void {
  if (shown) replacePage("notice" in shown ? noticePage(shown.notice) : sandboxPage(shown.view, choice, choose, send));
}

window.addEventListener("message", ({ data }: MessageEvent<ToSandbox | Notice>) => {
  shown = data;
  draw();
});
send({ kind: "wanted", whatIf: choice.whatIf });
