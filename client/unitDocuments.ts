import type { TextDocument } from "vscode";

/** The ids under which editors know unit files: our own, and those of other extensions that take the same files. */
const UNIT_LANGUAGE = /^systemd(-unit-file|-conf|-unit)?$/;

/** Whether the editor takes a document for a unit file or drop-in. */
export const isUnitDocument = ({ languageId }: Pick<TextDocument, "languageId">): boolean =>
  UNIT_LANGUAGE.test(languageId);
