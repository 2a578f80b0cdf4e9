import type { ScriptFindings } from "./findings.ts";
import type { MaskedText } from "./maskedText.ts";

/** The names of calls that write files, and the texts that say that one is opened to be written. */
const CALLS =
  /\b(?:write_?(?:text|bytes|file)|writeFile(?:Sync)?|appendFile(?:Sync)?|createWriteStream|file_put_contents|O_WRONLY|O_RDWR)\b|\b(?:File|IO|Path)\.(?:bin)?write\b|\bio\.output\b/;
const MODE = /^(?:[wax]b?\+?[bt]?|[rb]{1,2}\+b?|\+?>{1,2}|\+<)(?::[\w()-]+)?$/;

/** Whether a script writes files. */
const writesFiles = ({ code, strings }: MaskedText): boolean =>
  CALLS.test(code) || strings.some(({ text }) => MODE.test(text));

/** Notes the settings of the kernel among the paths of a script that writes files; which of them it writes is not followed. */
export function noteWrittenPaths(text: MaskedText, findings: ScriptFindings): void {
  if (!writesFiles(text)) return;
  for (const it of text.strings) noteWritten(it.text, findings, text.lineOf(it.start));
}

/** Notes a path that may be written and is a setting of a device or of the kernel. */
export function noteWritten(path: string, findings: ScriptFindings, line?: number): void {
  if (OF_KERNEL.test(path)) findings.sign("kernelSettings", "text", path, line);
}

/** What the kernel shows of devices and of itself; of networks and control groups other signs speak. */
const OF_KERNEL = /^\/(?:proc\/sys\/|sys\/(?!fs\/cgroup(?:\/|$)|class\/net(?:\/|$)))\S{1,199}$/;
