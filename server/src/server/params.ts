import {
  type Connection,
  ErrorCodes,
  Message,
  type MessageStrategy,
  type NotificationMessage,
  ResponseError,
} from "vscode-languageserver";
import { NEEDS_QUESTION_REQUEST } from "./needsProtocol.ts";
import {
  COMMAND_REQUEST,
  EFFECTIVE_REQUEST,
  EXPLAIN_FAILURE_REQUEST,
  FIX_REQUEST,
  HARDENING_CHOICES_REQUEST,
  LEARN_BUNDLE_REQUEST,
  LEVELS_REQUEST,
  MANUAL_PAGE_REQUEST,
  NEW_FILE_REQUEST,
  NEW_UNIT_REQUEST,
  NIX_REQUEST,
  OFFERED_SETTINGS_REQUEST,
  OVERRIDE_REQUEST,
  OVERVIEW_REQUEST,
  REPORT_REQUEST,
  RULE_REQUEST,
  SANDBOX_REQUEST,
  STATUS_REQUEST,
  UNIT_OF_REQUEST,
  UNITS_REQUEST,
} from "./protocol.ts";
import {
  anything,
  arrayOf,
  count,
  either,
  nullable,
  object,
  oneWordOf,
  optional,
  type Shape,
  text,
  trueOrFalse,
  version,
} from "./shapes.ts";

const position = object({ line: count, character: count });
const range = object({ start: position, end: position });
const textDocument = object({ uri: text });
const inDocument = object({ textDocument });
const atPosition = object({ textDocument, position });
const ofUri = object({ uri: text });
const item = object({ item: object({ name: text, uri: text }) });
const SCOPE = oneWordOf("system", "user");
const folders = arrayOf(object({ uri: text }));

/** What the parameters of each message have to be, as far as its handler reads them; other messages have none. */
export const PARAMETERS: Readonly<Record<string, Shape>> = {
  initialize: object({
    capabilities: nullable(object({})),
    workspaceFolders: nullable(folders),
    rootUri: nullable(text),
  }),
  "textDocument/didOpen": object({ textDocument: object({ uri: text, languageId: text, version, text }) }),
  "textDocument/didChange": object({
    textDocument: object({ uri: text, version }),
    contentChanges: arrayOf(object({ text, range: optional(range) })),
  }),
  "textDocument/didClose": inDocument,
  "textDocument/didSave": inDocument,
  "textDocument/willSave": inDocument,
  "textDocument/willSaveWaitUntil": inDocument,
  "workspace/didChangeConfiguration": object({ settings: anything }),
  "workspace/didChangeWatchedFiles": object({ changes: arrayOf(object({ uri: text, type: count })) }),
  "workspace/didChangeWorkspaceFolders": object({ event: object({ added: folders, removed: folders }) }),

  "textDocument/completion": object({
    textDocument,
    position,
    context: nullable(object({ triggerCharacter: nullable(text) })),
  }),
  "completionItem/resolve": object({ label: text }),
  "textDocument/hover": atPosition,
  "textDocument/semanticTokens/full": inDocument,
  "textDocument/semanticTokens/range": object({ textDocument, range }),
  "textDocument/inlayHint": object({ textDocument, range }),
  "textDocument/documentLink": inDocument,
  "textDocument/documentHighlight": atPosition,
  "textDocument/selectionRange": object({ textDocument, positions: arrayOf(position) }),
  "textDocument/formatting": inDocument,
  "textDocument/rangeFormatting": object({ textDocument, range }),
  "textDocument/documentSymbol": inDocument,
  "textDocument/foldingRange": inDocument,
  "textDocument/codeLens": inDocument,
  "textDocument/codeAction": object({
    textDocument,
    range,
    context: object({ only: nullable(arrayOf(text)) }),
  }),
  "codeAction/resolve": object({ title: text, kind: nullable(text) }),
  "textDocument/definition": atPosition,
  "textDocument/references": object({ textDocument, position, context: object({ includeDeclaration: trueOrFalse }) }),
  "workspace/symbol": object({ query: text }),
  "textDocument/prepareCallHierarchy": atPosition,
  "callHierarchy/incomingCalls": item,
  "callHierarchy/outgoingCalls": item,
  "textDocument/prepareRename": atPosition,
  "textDocument/rename": object({ textDocument, position, newName: text }),
  "workspace/willRenameFiles": object({ files: arrayOf(object({ oldUri: text, newUri: text })) }),
  "textDocument/diagnostic": object({ textDocument, previousResultId: nullable(text) }),
  "workspace/diagnostic": object({ previousResultIds: arrayOf(object({ uri: text, value: text })) }),
  "workspace/executeCommand": object({ command: text, arguments: nullable(arrayOf(anything)) }),

  [STATUS_REQUEST]: ofUri,
  [LEVELS_REQUEST]: object({ uris: optional(arrayOf(text)) }),
  [UNIT_OF_REQUEST]: ofUri,
  [EFFECTIVE_REQUEST]: object({ uri: text, podman: optional(text) }),
  [REPORT_REQUEST]: ofUri,
  [OVERVIEW_REQUEST]: object({ uris: optional(arrayOf(text)), workDoneToken: optional(either(count, text)) }),
  [SANDBOX_REQUEST]: object({ uri: text, whatIf: oneWordOf("now", "basic", "strict", "isolated") }),
  [FIX_REQUEST]: object({
    uri: text,
    id: optional(text),
    safe: optional(text),
    all: optional(text),
    learnt: optional(text),
  }),
  [EXPLAIN_FAILURE_REQUEST]: object({ uri: text, text }),
  [NIX_REQUEST]: ofUri,
  [HARDENING_CHOICES_REQUEST]: ofUri,
  [OFFERED_SETTINGS_REQUEST]: ofUri,
  [NEEDS_QUESTION_REQUEST]: object({
    uri: text,
    answers: arrayOf(object({ need: text, says: oneWordOf("needs", "no"), details: optional(arrayOf(text)) })),
    ids: arrayOf(text),
  }),
  [OVERRIDE_REQUEST]: ofUri,
  [LEARN_BUNDLE_REQUEST]: object({ uri: text, bundles: arrayOf(text) }),
  [MANUAL_PAGE_REQUEST]: object({ page: text, section: optional(text) }),
  [RULE_REQUEST]: object({ code: text }),
  [NEW_UNIT_REQUEST]: object({
    ...{ name: text, exec: text, scope: SCOPE },
    ...{ port: optional(count), description: optional(text), documentation: optional(arrayOf(text)) },
    runAs: either(
      object({ kind: oneWordOf("user"), name: text }),
      object({ kind: oneWordOf("user", "dynamic", "root", "suited") }),
    ),
    start: object({
      kind: oneWordOf("boot", "manual", "timer", "socket", "path"),
      ...{ calendar: optional(text), listen: optional(text), path: optional(text) },
      condition: optional(oneWordOf("PathChanged", "PathModified", "PathExists", "DirectoryNotEmpty")),
    }),
  }),
  [NEW_FILE_REQUEST]: either(
    object({ kind: oneWordOf("mount"), what: text, where: text, type: text, options: text, scope: SCOPE }),
    object({ kind: oneWordOf("target"), name: text, wants: arrayOf(text), isAtBoot: trueOrFalse, scope: SCOPE }),
    object({ kind: oneWordOf("quadlet"), of: text, name: text, main: text, scope: SCOPE }),
  ),
  [COMMAND_REQUEST]: object({ exec: text }),
  [UNITS_REQUEST]: object({ near: optional(text) }),
};

/** What a message with wrong parameters becomes, so that who handles the right ones never sees it. */
export const MALFORMED = "unitWarden/malformed";

/** Looks at the parameters of each message before it goes on to `then`. */
export const checkedMessages = (then: MessageStrategy): MessageStrategy => ({
  handleMessage: (message, next) => then.handleMessage(checked(message), next),
});

function checked(message: Message): Message {
  if (!Message.isRequest(message) && !Message.isNotification(message)) return message;
  const shape = Object.hasOwn(PARAMETERS, message.method) ? PARAMETERS[message.method] : undefined;
  const wrong = shape?.(message.params, "");
  if (wrong === undefined) return message;
  const params = { sentence: `${message.method}: ${wrong}` };
  const refused: NotificationMessage = { ...message, method: MALFORMED, params };
  return refused;
}

/** Tells the client what is wrong with the parameters of a request; those of a notification go to the log. */
export function refuseMalformed(connection: Connection): void {
  connection.onRequest(MALFORMED, ({ sentence }: { readonly sentence?: unknown }) => {
    throw new ResponseError(ErrorCodes.InvalidParams, String(sentence));
  });
  connection.onNotification(MALFORMED, ({ sentence }: { readonly sentence?: unknown }) =>
    connection.console.warn(`Ignored ${String(sentence)}`),
  );
}
