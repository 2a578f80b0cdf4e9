import type { WorkspaceEdit } from "vscode-languageserver";
import { gapsToClose } from "../dialects/quadlets/hardening/containerHardening.ts";
import { podmanVersionNamed } from "../facts/podmanVersions.ts";
import { releaseOf, type SystemdVersion } from "../facts/version.ts";
import { checkFix } from "../features/checkFix.ts";
import { addSafeSettings } from "../features/codeLens.ts";
import { explainFailure } from "../features/explainedFailure.ts";
import { hasExposure } from "../features/exposure.ts";
import { nixServiceConfig } from "../features/nixConfig.ts";
import { ADD_SAFE_SETTINGS, FAILURE_MARKDOWN, PROGRAM_MARKDOWN, REPORT_MARKDOWN } from "../features/offered.ts";
import { payloadMarkdown, payloadReport } from "../features/payload.ts";
import { programMarkdown } from "../features/programMarkdown.ts";
import { type ExposureReport, exposureReport } from "../features/report.ts";
import { reportMarkdown } from "../features/reportMarkdown.ts";
import { allSafeEdits, likelyEdits, safeEdits, safeOffers } from "../features/safeOffers.ts";
import { sandboxOf, type WhatIf } from "../features/sandbox.ts";
import { learntFix } from "../features/shownLearnt.ts";
import { exposedUnit } from "../features/unitStatus.ts";
import { lspEdit } from "../features/view.ts";
import type { Profile } from "../hardening/hardening.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import type { Tier } from "../hardening/row.ts";
import { isOff } from "../rules/check.ts";
import type { TextEdit } from "../text/span.ts";
import { lineIndexOf } from "../units/fileLines.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import type { Unit } from "../units/unit.ts";
import type { UnitDocuments } from "./documents.ts";
import { effectiveDocument } from "./effectiveDocument.ts";
import { safeEditsInHost } from "./hostedRequests.ts";
import { overviews, servicesBelow } from "./overview.ts";
import {
  EFFECTIVE_REQUEST,
  EXPLAIN_FAILURE_REQUEST,
  type ExplainedFailure,
  FIX_REQUEST,
  type FixParams,
  INSTALLED_REQUEST,
  NIX_REQUEST,
  OVERVIEW_REQUEST,
  type OverviewParams,
  REPORT_REQUEST,
  SANDBOX_REQUEST,
  type SandboxView,
  type ShownReport,
} from "./protocol.ts";
import type { Session } from "./session.ts";
import { uriOfPath } from "./uris.ts";
import { withPrograms } from "./withPrograms.ts";

/** Answers what views and commands ask about a unit; the address of the document comes first. */
export function answerUnitRequests(session: Session): void {
  const { connection, units } = session;
  const { run } = session.guard;
  const safe = (uri: string): [Profile, Unwanted] => {
    const { hardening, rules } = session.settingsFor(uri);
    return [hardening.profile, (code) => isOff(code, rules)];
  };
  const explain = async (uri: string, text: string): Promise<ExplainedFailure | null> => {
    await units.readCompanions(uri);
    const dropIns = await units.dropIns(uri);
    const fragment = (await units.gathered(uri))?.fragment;
    return session.answer(
      uri,
      (view) => {
        const { instead } = view.unit.loading ?? {};
        const read = instead && { unit: instead, lines: lineIndexOf(instead.file) };
        const own = read && fragment ? uriOfPath(fragment.path) : uri;
        return explainFailure(read ?? view, own, text, dropIns, session.survey.surroundings(own));
      },
      null,
    );
  };
  connection.onExecuteCommand(async ({ command, arguments: args }) => {
    const uri = typeof args?.[0] === "string" ? args[0] : "";
    if (command === FAILURE_MARKDOWN)
      return typeof args?.[1] === "string" ? ((await explain(uri, args[1]))?.markdown ?? null) : null;
    if (command === PROGRAM_MARKDOWN) {
      await units.readCompanions(uri);
      return withPrograms(session.files, async () => {
        const unit = await units.read(uri);
        const service = unit && exposedUnit(unit);
        return service?.path.kind === "service" ? run(() => programMarkdown(service, session.trusted), null) : null;
      });
    }
    await session.hosted.judge(uri);
    const inHost = command === ADD_SAFE_SETTINGS ? safeEditsInHost(session, uri, args?.[1]) : undefined;
    if (inHost && inHost.length > 0) await connection.workspace.applyEdit({ changes: { [uri]: inHost } });
    const view = units.view(uri);
    if (!view) return null;
    const exposed = exposedUnit(view.unit);
    if (command === REPORT_MARKDOWN) {
      const tables = exposed ? undefined : run(() => payloadReport(view.unit), undefined);
      if (tables) {
        const [profile, unwanted] = safe(uri);
        return run(() => payloadMarkdown(tables, gapsToClose(view.unit, profile, "likely", unwanted)), null);
      }
      return exposed ? run(() => reportMarkdown(exposed, ...safe(uri)), null) : null;
    }
    if (command !== ADD_SAFE_SETTINGS) return null;
    const { hardening, rules } = session.settingsFor(uri);
    const edits = run(() => addSafeSettings(view, hardening.profile, rules), []);
    if (edits.length > 0) await connection.workspace.applyEdit({ changes: { [uri]: edits } });
    return null;
  });
  connection.onRequest(REPORT_REQUEST, async ({ uri }: { uri: string }, token): Promise<ShownReport | null> => {
    await units.readCompanions(uri);
    if (token.isCancellationRequested) return null;
    const unit = await units.read(uri);
    const exposed = unit && exposedUnit(unit);
    if (!exposed) return null;
    // A fix belongs into the file that the report is about, which is not the unit of a drop-in.
    return run(
      () => ({
        uri,
        ...(exposed === unit
          ? exposureReport(exposed, ...safe(uri))
          : withoutFixes(exposureReport(exposed, ...safe(uri)))),
      }),
      null,
    );
  });
  connection.onRequest(SANDBOX_REQUEST, async ({ uri, whatIf }: { uri: string; whatIf: WhatIf }, token) => {
    await units.readCompanions(uri);
    if (token.isCancellationRequested) return null;
    const unit = await units.read(uri);
    const exposed = unit && exposedUnit(unit);
    const files = unit ? await filesOf(units, uri) : [];
    const sandbox = exposed && run(() => sandboxOf(exposed, whatIf), undefined);
    return sandbox ? ({ ...sandbox, uri, files } satisfies SandboxView) : null;
  });
  connection.onRequest(EFFECTIVE_REQUEST, ({ uri, podman = "" }: { uri: string; podman?: string }) =>
    effectiveDocument(units, uri, session.target(uri), podmanVersionNamed(podman) ?? session.podman(uri)),
  );
  connection.onRequest(NIX_REQUEST, async ({ uri }: { uri: string }): Promise<string | null> => {
    await units.readCompanions(uri);
    return session.answer(uri, ({ unit }) => (hasExposure(unit) ? (nixServiceConfig(unit) ?? null) : null), null);
  });
  connection.onRequest(INSTALLED_REQUEST, (): SystemdVersion | null =>
    session.installed === undefined ? null : releaseOf(session.installed),
  );
  connection.onRequest(EXPLAIN_FAILURE_REQUEST, ({ uri, text }: { uri: string; text: string }) => explain(uri, text));
  const overview = overviews(session);
  connection.onRequest(OVERVIEW_REQUEST, async ({ uris = [], workDoneToken }: OverviewParams, token) => {
    const all = [...uris, ...(await unsearched(session))];
    const reporter = workDoneToken === undefined ? undefined : connection.window.attachWorkDoneProgress(workDoneToken);
    reporter?.begin("Exposure of all services", 0, undefined, false);
    try {
      return await overview(all, (done, of) => reporter?.report(percent(done, of), `${done} of ${of} services`), token);
    } finally {
      reporter?.done();
    }
  });
  connection.onRequest(FIX_REQUEST, (params: FixParams): WorkspaceEdit | null => {
    const { uri } = params;
    const edits = session.answer(
      uri,
      (view) => wantedEdits(view.unit, params, ...safe(uri)).map((edit) => lspEdit(view, edit)),
      [],
    );
    return edits.length > 0 ? { changes: { [uri]: edits } } : null;
  });
}

/** The services that a client may not find in the workspace, as not all of its file systems can be searched. */
async function unsearched({ files, indexing, roots }: Session): Promise<readonly string[]> {
  const far = roots.filter((it) => files.reach(it) === "far");
  return far.length > 0 ? servicesBelow(await indexing.ready(), far) : [];
}

const withoutFixes = ({ learnt, ...report }: ExposureReport): ExposureReport => ({
  ...report,
  ...(learnt && { learnt: { ...learnt, several: [], single: [] } }),
  all: [],
  safe: [],
  rows: report.rows.map(({ fix: _, safe: __, ...row }) => row),
});

/** The addresses of a unit file and its drop-ins, in the order of the view of either. */
async function filesOf(units: UnitDocuments, uri: string): Promise<readonly string[]> {
  const unit = units.view(uri)?.unit;
  if (!unit || (unit.main === undefined && isLoaded(unit))) return [uri, ...(await units.dropIns(uri))];
  const { fragment, dropIns = [] } = (await units.gathered(uri)) ?? {};
  return [...(fragment ? [fragment] : []), ...dropIns].map((it) => uriOfPath(it.path));
}

const percent = (done: number, of: number): number => Math.floor((100 * done) / Math.max(1, of));

/** What a button of the report stands for. */
function wantedEdits(unit: Unit, params: FixParams, profile: Profile, unwanted: Unwanted): readonly TextEdit[] {
  if ("all" in params) {
    const tier = TIERS.find((it) => it === params.all);
    if (!tier) return [];
    return params.likely === true ? likelyEdits(unit, tier, unwanted) : allSafeEdits(unit, tier, unwanted);
  }
  if ("learnt" in params) return learntFix(unit, params.learnt);
  if (!("safe" in params)) return checkFix(unit, params.id);
  const offer = safeOffers(unit, profile, unwanted).find((it) => it.directive === params.safe);
  return offer ? safeEdits(unit, offer.beyond ?? profile, offer.directive) : [];
}

const TIERS: readonly Tier[] = ["basic", "strict", "isolated"];
