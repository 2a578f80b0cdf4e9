import { HOSTILE_PIECES } from "../../../test/kit/hostile.ts";
import type { Random } from "../../../test/kit/random.ts";
import type { Json } from "../../../test/kit/shrunk.ts";
import { documentRequests, placeRequests } from "./requests.ts";

/** A document that is opened before anything odd is sent, and asked about afterwards. */
export const SANE = { uri: "file:///fuzz/sane.service", text: "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n" };

/** Addresses that no parser agrees on, and some that are right. */
const URIS: readonly string[] = [
  ...[SANE.uri, "file:///fuzz/other.service", "untitled:Untitled-1", "file:///fuzz/a%20b@x.service.d/10.conf"],
  ...["file:////server/share/a.service", "a b:c.service", "", " ", "a.service", "/etc/a.service", "file:", "file://"],
  ...[
    "file:///%",
    "file:///%00.service",
    "file:///a%2Fb.service",
    "http://[/a.service",
    "x://y/a.service",
    "file://h/a",
  ],
  ...[
    "file:///dev/zero",
    "file:///proc/self/mem",
    "file:///../../etc/x.service",
    `file:///${"a/".repeat(500)}a.service`,
  ],
  ...["javascript:alert(1)", "unit-warden-effective:/a.service", "unit-warden-preview:/x", "\udcff", "file:///\u0000"],
];

const NOTIFICATIONS = [
  ...[
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "unitWarden/trusted",
  ],
  ...["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration", "workspace/didChangeWorkspaceFolders"],
  ...["initialized", "$/cancelRequest", "$/setTrace", "$/progress", "window/workDoneProgress/cancel", "none/of/ours"],
];

/** A message that an editor might send, or one that none would: its parameters are mutated. */
export function oddMessage(random: Random, id: number): Json {
  const message = random.chance(0.4) ? notification(random) : { id, ...request(random) };
  if (random.chance(0.1))
    return random.pick<Json>([...OUTLANDISH, { jsonrpc: "2.0", id, ...message, method: random.pick(ODD) }]);
  return { jsonrpc: "2.0", ...message };
}

const ODD: readonly Json[] = [
  null,
  0,
  "",
  [],
  {},
  "none/of/ours",
  "$/none",
  "unitWarden/none",
  "toString",
  "__proto__",
];

/** What is JSON and no message. */
const OUTLANDISH: readonly Json[] = [
  null,
  1,
  "x",
  [],
  {},
  [{}],
  { jsonrpc: "1.0" },
  { jsonrpc: "2.0", id: 99, result: null },
];

function request(random: Random): { method: string; params: Json } {
  const uri = random.pick(URIS);
  const place = { line: random.below(5), character: random.below(20) };
  const range = { start: place, end: { line: place.line + random.below(3), character: random.below(20) } };
  const word = random.pick(["", "app.service", "226/NAMESPACE", ...HOSTILE_PIECES]);
  const known = [...documentRequests(uri, range), ...placeRequests(uri, place, range, word), ...ABOUT_NOTHING];
  const { method, params } = random.pick(known);
  return { method, params: random.chance(0.6) ? mutateJson(random, params as Json) : (params as Json) };
}

const ABOUT_NOTHING: readonly { method: string; params: object }[] = [
  { method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
  { method: "workspace/executeCommand", params: { command: "unitWarden.none", arguments: [] } },
  { method: "workspace/diagnostic", params: { previousResultIds: [] } },
  {
    method: "workspace/willRenameFiles",
    params: { files: [{ oldUri: "file:///a.service", newUri: "file:///b.service" }] },
  },
  { method: "completionItem/resolve", params: { label: "x", data: { section: "Service", directive: "User" } } },
  { method: "codeAction/resolve", params: { title: "x", data: {} } },
  { method: "callHierarchy/incomingCalls", params: { item: { name: "a.service", kind: 2, uri: SANE.uri } } },
  { method: "unitWarden/manualIndex", params: {} },
  { method: "unitWarden/manualPage", params: { page: "systemd.exec" } },
  { method: "unitWarden/rule", params: { code: "value/path" } },
  { method: "unitWarden/newUnit", params: { kind: "service", name: "a", exec: "/bin/true", start: { kind: "boot" } } },
  {
    method: "unitWarden/newFile",
    params: { kind: "target", name: "a", wants: ["b.service"], isAtBoot: true, scope: "user" },
  },
  { method: "unitWarden/units", params: { near: SANE.uri } },
  { method: "unitWarden/installed", params: {} },
];

function notification(random: Random): { method: string; params: Json } {
  const uri = random.pick(URIS);
  const folders = { added: [{ uri, name: "x" }], removed: [] };
  const params: Json = {
    textDocument: { uri, languageId: "systemd", version: random.below(5), text: random.pick([SANE.text, "", "["]) },
    contentChanges: [{ text: SANE.text }],
    changes: [{ uri, type: 1 + random.below(3) }],
    settings: { unitWarden: { hardening: { profile: random.pick(["strict", "", "none"]) } } },
    id: random.below(20),
    event: folders,
    value: "off",
    token: 1,
  };
  return { method: random.pick(NOTIFICATIONS), params: random.chance(0.6) ? mutateJson(random, params) : params };
}

const VALUES: readonly Json[] = [
  null,
  0,
  -1,
  1e20,
  0.5,
  "",
  "x",
  [],
  {},
  true,
  [null],
  { a: 1 },
  "9".repeat(300),
  ...URIS,
];

/** Puts another value at one place of a tree, or leaves that out. */
function mutateJson(random: Random, value: Json): Json {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const i = random.below(value.length);
    return random.chance(0.2) ? value.toSpliced(i, 1) : value.with(i, mutateJson(random, value[i]));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value) && random.chance(0.8)) {
    const [key = "x", part = null] = random.pick([...Object.entries(value), ["x", null] as const]);
    if (random.chance(0.2)) return Object.fromEntries(Object.entries(value).filter(([it]) => it !== key));
    return { ...value, [key]: mutateJson(random, part) };
  }
  return random.pick(VALUES);
}
