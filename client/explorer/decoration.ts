import { FileDecoration, ThemeColor } from "vscode";
import type { ExposureLevel } from "../../server/src/server/protocol.ts";
import { levelText } from "../status/text.ts";

/** The colours that the manifest gives the levels, so that themes can change them. */
const COLOURS: Readonly<Record<string, string>> = {
  DANGEROUS: "exposureUnsafe",
  UNSAFE: "exposureUnsafe",
  EXPOSED: "exposureExposed",
  MEDIUM: "exposureMedium",
  OK: "exposureOk",
  SAFE: "exposureOk",
  PERFECT: "exposureOk",
};

/** The badge of a service: its exposure without the tenths, as there is room for two characters. */
export function decorationOf(level: ExposureLevel): FileDecoration {
  const { exposure, level: name } = level;
  const badge = exposure === undefined ? "!" : exposure.slice(0, exposure.indexOf("."));
  return new FileDecoration(
    badge,
    levelText(level),
    new ThemeColor(`unitWarden.${COLOURS[name ?? ""] ?? "exposureUnsafe"}`),
  );
}
