import type { TextDocument } from "vscode-languageserver-textdocument";
import { pathWithText } from "../families/checkedPath.ts";
import { type FamilyDocument, unitDocument } from "../families/document.ts";
import { type FamilyFile, recognize, recognizeSections } from "../families/families.ts";
import { lookAlikeIn } from "../families/lookAlikes.ts";
import { lookAlikeAt, unitPath } from "../families/unitFiles/unitPath.ts";
import type { Finding } from "../findings/finding.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { TOO_LONG_FINDING } from "../rules/notRead.ts";
import { unreadDropIn } from "../rules/unreadDropIn.ts";
import { isTooLong } from "../syntax/longFile.ts";
import { parse } from "../syntax/parse.ts";
import type { StatedText } from "../units/statedText.ts";
import { asRead, type TemplateChoice } from "../units/template/finished.ts";
import { EFFECTIVE_SCHEME, PREVIEW_SCHEME } from "./protocol.ts";
import { addressOf } from "./uris.ts";

/** An open document as the file that it is; one without a path, such as a new tab, is what its sections say. */
export function documentFile(
  document: TextDocument,
  templates: TemplateChoice,
  placeholders?: readonly string[],
  stated?: readonly StatedText[],
): FamilyDocument | undefined {
  const { scheme, path } = addressOf(document.uri);
  if (scheme === EFFECTIVE_SCHEME || scheme === PREVIEW_SCHEME) return undefined;
  const text = document.getText();
  if (isTooLong(text)) return undefined;
  const bySections = (): FamilyFile => recognizeSections(parse(text).sections.map((it) => it.name));
  const recognized = (recognize(path) ?? (scheme === "untitled" ? bySections() : {})).unit;
  const unit = pathWithText(path, recognized, text);
  if (!unit || lookAlikeIn(path, text)) return undefined;
  const as = asRead(path, unit, templates, placeholders);
  return unitDocument(stated ? { ...as, stated } : as, text);
}

/** What an open document is that is named like a unit and is none. */
export function lookAlikeOf(document: TextDocument): string | undefined {
  const { path } = addressOf(document.uri);
  return lookAlikeAt(path) ?? (unitPath(path) && lookAlikeIn(path, document.getText()));
}

/** What is found of an open document that is not read: it is too long, or a drop-in by its folder and not by its name. */
export function whyUnread(document: TextDocument): Finding | undefined {
  const text = document.getText();
  const { path } = addressOf(document.uri);
  const unit = recognize(path)?.unit;
  if (isTooLong(text)) return unit || hostLanguage(path)?.mayHold(text) ? TOO_LONG_FINDING : undefined;
  return unit ? undefined : unreadDropIn(path, text, () => false);
}
