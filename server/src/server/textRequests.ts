import type {
  CancellationToken,
  CompletionList,
  CompletionParams,
  Hover,
  HoverParams,
  TextDocumentPositionParams,
} from "vscode-languageserver";
import { codeLenses } from "../features/codeLens.ts";
import { compactList } from "../features/compactList.ts";
import { documentOf, forDocument } from "../features/completion/data.ts";
import { resolveCompletion } from "../features/completion/resolve.ts";
import { complete } from "../features/completion.ts";
import { folding } from "../features/folding.ts";
import { format } from "../features/format.ts";
import { highlights } from "../features/highlights.ts";
import { hover } from "../features/hover.ts";
import { inlayHints } from "../features/inlayHints.ts";
import { documentLinks } from "../features/links.ts";
import { selectionRange } from "../features/selectionRanges.ts";
import { semanticTokens } from "../features/semanticTokens.ts";
import { symbols } from "../features/symbols.ts";
import { spanOf, type View } from "../features/view.ts";
import type { World } from "../features/world.ts";
import { effectiveView } from "./effectiveView.ts";
import { completionInHost, hoverInHost, isInHost, lensesInHost } from "./hostedRequests.ts";
import type { Session } from "./session.ts";
import { answerFrom, inTime } from "./worlds.ts";

/** Answers the protocol's own requests about one open text, but for code actions. */
export function answerTextRequests(session: Session): void {
  const { connection, documents, guard, judging, survey, units, worldOf, writings, zone } = session;
  /** Every request goes through here: looked up in the current text, cancelled when asked, never failing the client. */
  const request =
    <P extends { textDocument: { uri: string } }, R>(answer: (view: View, params: P) => R, fallback: R) =>
    (params: P, token: CancellationToken): R => {
      if (token.isCancellationRequested) return fallback;
      return session.answer(params.textDocument.uri, (view) => answer(view, params), fallback);
    };

  /** The same once the drop-ins of a document that was just opened are read, as its numbers depend on them. */
  const whole =
    <P extends { textDocument: { uri: string } }, R>(answer: (view: View, params: P) => R, fallback: R) =>
    (params: P, token: CancellationToken): Promise<R> | R => {
      const answered = request(answer, fallback);
      const opening = judging.opening(params.textDocument.uri);
      return opening ? opening.then(() => answered(params, token)) : answered(params, token);
    };

  /**
   * The same at a position, for what depends on more than the text: where files are missing, it waits a moment for them, also for
   * those of a document that was just opened.
   */
  const withWorld =
    <P extends TextDocumentPositionParams, R>(
      answer: (view: View, offset: number, world: World, params: P) => R,
      fallback: R,
      late: (answered: R) => R = (it) => it,
    ) =>
    (params: P, token: CancellationToken): Promise<R> | R => {
      const { uri } = params.textDocument;
      const answered = (): Promise<R> | R => {
        const view = token.isCancellationRequested ? undefined : guard.run(() => units.view(uri), undefined);
        if (!view) return fallback;
        const offset = view.lines.offsetAt(params.position);
        return answerFrom(
          worldOf(uri),
          (world) => guard.run(() => answer(view, offset, world, params), fallback),
          late,
        );
      };
      const opening = judging.opening(uri);
      return opening ? inTime(opening).then(answered) : answered();
    };

  const completeUnit = withWorld<CompletionParams, CompletionList>(
    (view, offset, world, { context, textDocument: { uri } }) => {
      const { snippets, listDefaults } = session.client;
      const { newer } = session.settings.completion;
      const list = complete(view, offset, { world, trigger: context?.triggerCharacter, snippets, newer });
      return compactList(forDocument(list, uri), listDefaults);
    },
    { isIncomplete: false, items: [] },
    (list) => ({ ...list, isIncomplete: true }),
  );
  connection.onCompletion((params, token) => {
    const {
      textDocument: { uri },
      position,
      context,
    } = params;
    const { snippets, listDefaults } = session.client;
    if (token.isCancellationRequested) return null;
    const options = { trigger: context?.triggerCharacter, snippets, newer: session.settings.completion.newer };
    const list = completionInHost(session, uri, position, options);
    return list ? compactList(forDocument(list, uri), listDefaults) : completeUnit(params, token);
  });
  connection.onCompletionResolve((item, token) =>
    token.isCancellationRequested
      ? item
      : answerFrom(worldOf(documentOf(item)), (world) =>
          guard.run(() => {
            const unit = units.view(documentOf(item))?.unit;
            return resolveCompletion(item, session.client.markdownCompletion, world, unit);
          }, item),
        ),
  );
  const hoverAt = (view: View, offset: number, world: World, of: Pick<HoverParams, "textDocument">): Hover | null => {
    const { profile } = session.settingsFor(of.textDocument.uri).hardening;
    return hover(view, offset, session.client.markdownHover, world, profile) ?? null;
  };
  const hoverOn = withWorld(hoverAt, null);
  connection.onHover((params, token) => {
    const { textDocument, position } = params;
    const { uri } = textDocument;
    if (token.isCancellationRequested) return null;
    if (isInHost(session, uri))
      return answerFrom(worldOf(uri), (world) => hoverInHost(session, uri, position, world) ?? null);
    const shown = guard.run(
      () => effectiveView(documents.get(textDocument.uri), position.line, (it) => session.target(it)),
      undefined,
    );
    if (!shown) return hoverOn(params, token);
    const { view, source } = shown;
    const offset = view.lines.offsetAt(position);
    return answerFrom(worldOf(source), (world) => guard.run(() => hoverAt(view, offset, world, params), null));
  });
  connection.languages.semanticTokens.on(request((view) => semanticTokens(view), { data: [] }));
  connection.languages.semanticTokens.onRange(
    request((view, { range }) => semanticTokens(view, spanOf(view, range)), { data: [] }),
  );
  connection.languages.inlayHint.on(
    request(
      (view, { range }) => (session.settings.inlayHints.enabled ? inlayHints(view, range, Date.now(), zone) : []),
      [],
    ),
  );
  connection.onDocumentLinks(async ({ textDocument: { uri } }, token) => {
    // Clients ask once for a text: what is not known yet would be no link until the next edit.
    const context = units.view(uri) && (await survey.context(uri));
    const view = token.isCancellationRequested ? undefined : guard.run(() => units.view(uri), undefined);
    return view
      ? answerFrom(worldOf(uri), (world) =>
          guard.run(() => documentLinks(view, session.client.views, world, context), []),
        )
      : [];
  });
  connection.onDocumentHighlight(
    request((view, { position }) => highlights(view, view.lines.offsetAt(position)) ?? null, null),
  );
  connection.onSelectionRanges(
    request((view, { positions }) => positions.map((it) => selectionRange(view, view.lines.offsetAt(it))), null),
  );
  connection.onDocumentFormatting(request((view) => format(view), []));
  connection.onDocumentRangeFormatting(request((view, { range }) => format(view, range), []));
  connection.onDocumentSymbol(request((view) => symbols(view), []));
  connection.onFoldingRanges(request((view) => folding(view), []));
  const lensesOfUnit = whole(
    (view, { textDocument: { uri } }) =>
      codeLenses(
        view,
        uri,
        session.settingsFor(uri).hardening.profile,
        session.client.views,
        session.settingsFor(uri).rules,
        writings.of(uri).isNew,
      ),
    [],
  );
  connection.onCodeLens(async (params, token) => {
    await session.hosted.judge(params.textDocument.uri, token);
    if (token.isCancellationRequested) return null;
    return lensesInHost(session, params.textDocument.uri) ?? lensesOfUnit(params, token);
  });
}
