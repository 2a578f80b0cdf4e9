import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { hostedActions } from "../../server/src/features/hosted/hostedActions.ts";
import { hostedCompletion } from "../../server/src/features/hosted/hostedCompletion.ts";
import { hostedDiagnostics, placedFindings } from "../../server/src/features/hosted/hostedDiagnostics.ts";
import { hostedHover } from "../../server/src/features/hosted/hostedHover.ts";
import { hostedLenses } from "../../server/src/features/hosted/hostedLens.ts";
import { hostedViewOf } from "../../server/src/features/hosted/hostedView.ts";
import { type HostLanguage, hostLanguage } from "../../server/src/hosts/hosts.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import type { Work } from "../kit/slowWork.ts";
import { SOME_WORLD } from "../kit/world.ts";

/** The language of a path; fails for one without units. */
export const languageOf = (path: string): HostLanguage => hostLanguage(path) ?? assert.fail(path);

/** What an editor asks of a file with units in it, each piece of work after those that it may use. */
export function* hostedWork(path: string, text: string): ReturnType<Work<string>> {
  const host = languageOf(path);
  const wishes = { profile: "basic", rules: {}, each: false } as const;
  const uri = `file://${path}`;
  const view = hostedViewOf(host, text, NEWEST_VERSION, wishes);
  const place = Math.max(0, text.indexOf("ExecStart", text.length >> 1));
  const at = { start: place, end: place };
  yield ["check", () => hostedViewOf(host, text, NEWEST_VERSION, wishes).found];
  yield ["diagnostics", () => hostedDiagnostics(view, placedFindings(view))];
  yield ["code actions at a place", () => hostedActions(view, uri, at, {})];
  yield ["code actions", () => hostedActions(view, uri, { start: 0, end: text.length }, {})];
  yield ["hover", () => hostedHover(view, place, true, SOME_WORLD, "basic")];
  yield ["completion", () => hostedCompletion(view, place, {})];
  yield ["lenses", () => hostedLenses(view, uri, "basic", {})];
}

/** What the command line does with a file. */
export function* commandWork(path: string, text: string): ReturnType<Work<string>> {
  const over = (...argv: readonly string[]) => runOver(memoryHost({ [path]: text }), ...argv, path);
  yield ["check", () => over("check")];
  yield ["check --format json", () => over("check", "--format", "json")];
  yield ["check --fix", () => over("check", "--fix")];
  yield ["harden", () => over("harden", "--profile", "strict")];
  yield ["security", () => over("security")];
  yield ["show", () => over("show")];
}
