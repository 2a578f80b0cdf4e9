import { directive, isRead } from "../../catalog/catalog.ts";
import { insertAfter } from "../../findings/edits.ts";
import type { Finding, Fix } from "../../findings/finding.ts";
import { hasOwnRoot } from "../../service/effective.ts";
import { encryptCommand, encryptedPath } from "../../service/encryptedCredential.ts";
import { factsOf } from "../../service/facts.ts";
import { ownLines } from "../../service/linePlaces.ts";
import { lineOf } from "../../service/pathUses.ts";
import { words } from "../../service/settings.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { TextEdit } from "../../text/span.ts";
import type { Unit } from "../../units/unit.ts";
import { isCredentialName } from "../../values/credential.ts";
import { hardenedSection } from "../hardening.ts";
import { type SecretFile, secretFilesOf } from "./secretFiles.ts";
import type { Secret } from "./secrets.ts";

const CODE = "hardening/load-credential";

/** One finding for each key or password file that a service reads by itself and that systemd could hand to it. */
export function credentialFindings(unit: Unit): Finding[] {
  if (!hardenedSection(unit) || hasOwnRoot(unit)) return [];
  const severity = factsOf(unit).privileged ? "hint" : "info";
  const loaded = words(unit, "LoadCredential", "LoadCredentialEncrypted").map((it) => it.replace(/^[^:]*:/, ""));
  const found: Finding[] = [];
  const seen = new Set(loaded);
  for (const file of secretFilesOf(unit)) {
    if (seen.has(file.path)) continue;
    const node = lineOf(unit, file);
    if (!node) continue;
    seen.add(file.path);
    found.push({
      ...sourceSpan(node.value, file.from, file.to),
      code: CODE,
      severity,
      message: `${file.setting}= names ${file.path}, a secret that the service needs permission to read; LoadCredential= gives it a copy that no other user can read`,
      directive: "LoadCredential",
      fixes: [loadFile(unit, file), ...loadEncrypted(unit, file)],
    });
  }
  for (const node of ownLines(unit, "EnvironmentFile")) {
    const path = node.text.replace(/^-/, "");
    if (!isSecretEnvironment(path) || seen.has(path)) continue;
    seen.add(path);
    found.push({
      ...node.valueSpan,
      code: CODE,
      severity: "hint",
      message: `EnvironmentFile= puts the secrets of ${path} into the environment, which every child process inherits; LoadCredential= passes them in a file`,
      directive: "LoadCredential",
      fixes: [besideEnvironment(unit, node, path)],
    });
  }
  return found;
}

const isSecretEnvironment = (path: string): boolean =>
  path.startsWith("/") &&
  path.length < 300 &&
  !/[%*?[]/.test(path) &&
  /\/(?:[^/]*[_.-])?(?:secrets?|passwords?|passwd|tokens?|credentials?|api-?keys?)(?:[_.-][^/]*)?$/i.test(path);

/** The way to hand a file of root's to the service where a command or variable names it as a secret. */
export function loadNamed(unit: Unit, path: string): Fix | undefined {
  const file = hasOwnRoot(unit) ? undefined : secretFilesOf(unit).find((it) => it.path === path);
  return file && loadFile(unit, file);
}

function loadFile(unit: Unit, { path }: SecretFile): Fix {
  const name = nameFor(unit, path);
  const line = `LoadCredential=${name}:${path}`;
  return {
    title: `Add ${line} and use %d/${name} (a renewed file is used only after the next start; a missing one makes the start fail with 243/CREDENTIALS)`,
    safe: false,
    sets: [line],
    edits: () => handed(unit, path, name, line),
  };
}

/** The same of a file that only this machine can decrypt, which has to be made first. */
function loadEncrypted(unit: Unit, { path }: SecretFile): Fix[] {
  const row = directive("Service", "LoadCredentialEncrypted");
  if (unit.path.scope !== "system" || !row || !isRead(row, unit.version)) return [];
  const name = nameFor(unit, path);
  const line = `LoadCredentialEncrypted=${name}:${encryptedPath(name)}`;
  return [
    {
      title: `Add ${line} and use %d/${name} (first run: ${encryptCommand(name, path)})`,
      safe: false,
      alone: true,
      sets: [line],
      edits: () => handed(unit, path, name, line),
    },
  ];
}

const nameFor = (unit: Unit, path: string): string => credentialName(unit, path.slice(path.lastIndexOf("/") + 1));

/** The copy for the service wherever the file is named, and the line that makes it. */
function handed(unit: Unit, path: string, name: string, line: string): TextEdit[] {
  const places = secretFilesOf(unit).flatMap((it) => {
    const node = it.path === path ? lineOf(unit, it) : undefined;
    return node ? [{ node, ...sourceSpan(node.value, it.from, it.to), newText: `%d/${name}` }] : [];
  });
  const changes = places.map(({ start, end, newText }) => ({ start, end, newText }));
  return [...changes, ...load(unit, line, places[0]?.node)];
}

function besideEnvironment(unit: Unit, node: Assignment, path: string): Fix {
  const line = `LoadCredential=${nameFor(unit, path)}:${path}`;
  return {
    title: `Add ${line} (before EnvironmentFile= can be removed, the program must read it from $CREDENTIALS_DIRECTORY; a missing file makes the start fail with 243/CREDENTIALS)`,
    safe: false,
    sets: [line],
    edits: () => load(unit, line, node),
  };
}

/** A file of root's for a secret that stands in the unit; the text of the secret goes out of it. */
export function loadLiteral(unit: Unit, secret: Secret, node: Assignment): Fix | undefined {
  const { from, to, kind, file } = secret;
  if (kind === "place") return undefined;
  const name = kind === "credential" ? secret.name : credentialName(unit, secret.name.replace(/^-+/, "").toLowerCase());
  if (!isCredentialName(name)) return undefined;
  const line = `LoadCredential=${name}:${unit.path.scope === "user" ? "%E" : "/etc"}/credstore/${name}`;
  const path = `%d/${name}`;
  const usage = file
    ? file.wordsFor(path)
    : kind === "variable"
      ? `${secret.name}_FILE=${path}`
      : `${secret.name}-file=${path}`;
  const title = kind === "credential" ? `Change to ${line}` : `Add ${line} and use ${usage}`;
  const how = `write ${file?.holds ?? "the secret"} there first, otherwise 243/CREDENTIALS`;
  const more = file || kind === "credential" ? "" : "; the program must read it from a file";
  return {
    title: `${title} (${how}${more})`,
    safe: false,
    alone: true,
    sets: [line],
    edits: () => {
      if (kind === "credential") return [{ start: node.start, end: node.valueSpan.end, newText: line }];
      const added = load(unit, line, node);
      if (file?.at === undefined) return [{ ...sourceSpan(node.value, from, to), newText: usage }, ...added];
      const behind = sourceSpan(node.value, 0, file.at).end;
      const gone = sourceSpan(node.value, node.value.text.slice(0, from).trimEnd().length, to);
      return [{ start: behind, end: behind, newText: ` ${usage}` }, { ...gone, newText: "" }, ...added];
    },
  };
}

/** A name of its own for the credential of a file. */
function credentialName(unit: Unit, wanted: string): string {
  const taken = new Set(
    words(unit, "LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted").map((it) =>
      it.replace(/:.*$/s, ""),
    ),
  );
  const plain = wanted.replace(/[^\w.-]+/g, "-").slice(0, 100);
  for (let i = 2, name = plain; ; name = `${plain}-${i++}`) if (!taken.has(name)) return name;
}

/** After the other credentials, else after the line that uses it. */
function load(unit: Unit, line: string, user: Assignment | undefined): TextEdit[] {
  const after = ownLines(unit, "LoadCredential").at(-1) ?? user;
  return after ? [insertAfter(unit.file, after, [line])] : [];
}
