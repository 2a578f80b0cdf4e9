import { straceOptions } from "../../learn/observe.ts";
import { COMPANION_PROPERTIES } from "../companions.ts";
import { failAgain } from "../failedState.ts";
import { putBackPath, putBackScript, shellWord, watchdogOf } from "../putBackScript.ts";
import { temporaryDropIn } from "../temporaryDropIn.ts";
import { CONFIGURED_AWK } from "./configuredAwk.ts";
import { ENDS_BY_ITSELF, KIND_SIGNALS } from "./logEnd.ts";
import { LEARN_FOLDER, plainName } from "./logFolder.ts";
import { OBSERVE_AWK } from "./observeAwk.ts";
import { SCRIPT } from "./scriptText.ts";

/** What the script of a service does. */
export interface ScriptRequest {
  readonly unit: string;
  readonly commands: readonly string[];
  readonly seconds: number;
  readonly noReload: boolean;
  /** The settings to prove, and the text that sets them: the service runs under them, and nothing is passed by. */
  readonly proof?: { readonly lines: readonly string[]; readonly dropIn: string } | undefined;
}

/** A plain shell script that observes a service as `learn` does, on a machine that has strace and nothing of ours, and makes a bundle. */
export function observingScript({ unit, commands, seconds, noReload, proof }: ScriptRequest): string {
  const options = straceOptions("", proof === undefined)
    .slice(0, -2)
    .join(" ");
  const putBack = putBackScript({
    unit,
    by: "learn --script",
    since: "@SINCE@",
    dropIns: [temporaryDropIn(unit, "learn")],
    rubbish: ["@FOLDER@"],
    wasActive: true,
    afterwards: [
      "# It had failed.",
      ...failAgain(unit, temporaryDropIn(unit, "failed"), { ends: "@ENDS@" }),
      "# To here.",
    ],
    companions: [],
    process: { pid: "@PID@", start: "@START@" },
  });
  const values: Readonly<Record<string, string>> = {
    UNIT: shellWord(unit),
    PLAIN: plainName(unit),
    BUNDLE: `${plainName(unit)}.${proof === undefined ? "learn" : "proof"}.tar.gz`,
    SECONDS: String(Math.round(seconds)),
    PLAN: `${commands.length > 0 ? " exercise it," : ""}${seconds > 0 ? ` let it work for ${Math.round(seconds)} s,` : ""}`,
    EXERCISES: commands.map((it) => `exercise ${shellWord(it)}`).join("\n  ") || ":",
    EXERCISED: jsonList(commands),
    RELOADS: noReload ? "no" : '"$(property CanReload)"',
    TIES: COMPANION_PROPERTIES.join(","),
    LEARN: LEARN_FOLDER,
    DROP_IN: shellWord(temporaryDropIn(unit, "learn")),
    PUT_BACK: shellWord(putBackPath(unit)),
    WATCHDOG: watchdogOf(unit),
    OPTIONS: options,
    WHOLE: KIND_SIGNALS.map((it) => `"control-group ${it} success"`).join(" | "),
    BY_ITSELF: ENDS_BY_ITSELF.join(" | "),
    KIND: proof === undefined ? "learn" : "proof",
    ABOUT: proof === undefined ? "" : " under the settings below,",
    CANDIDATE: (proof?.dropIn ?? "").trimEnd().replaceAll("'", "'\\''"),
    UNDER: proof === undefined ? "" : `,\n"under": [${jsonList(proof.lines)}]`,
    CONFIGURED: CONFIGURED_AWK.replaceAll("'", "'\\''"),
    AWK: OBSERVE_AWK.replaceAll("'", "'\\''"),
    BACK: putBack.trimEnd(),
  };
  return SCRIPT.replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

/** Texts in JSON, with commas, inside of single quotes of a shell. */
const jsonList = (texts: readonly string[]): string =>
  texts
    .map((it) => JSON.stringify(it))
    .join(", ")
    .replaceAll("'", "'\\''");
