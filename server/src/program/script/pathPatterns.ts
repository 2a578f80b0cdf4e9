import { signOfPath } from "../pathSigns.ts";
import type { ScriptFindings } from "./findings.ts";

/** A path of which parts stand for others. */
const PATTERN = /(?:^|[\s=:,])(\/[^\s=:,;"'|<>()]{0,199}(?:[*?]|\uE000[^\uE002]{0,99}\uE002?)[^\s=:,;"'|<>()]{0,99})/g;

/** Notes what the patterns of paths in a text show. */
export function notePatterns(text: string, findings: ScriptFindings, line: number | undefined): void {
  for (const [, path = ""] of text.matchAll(PATTERN)) notePattern(path, findings, line);
}

/** Notes what one shows, as far as its folder stands there. */
function notePattern(path: string, findings: ScriptFindings, line: number | undefined): void {
  const shown = path.replace(/\uE000[^\uE002]*\uE002?/g, "*");
  const sign = signOfPath(shown);
  if (sign) findings.sign(sign, "text", shown, line);
}
