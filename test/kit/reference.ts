/** A logical line as systemd's messages count them, without the blanks at its ends. */
export interface ReferenceLine {
  readonly line: number;
  readonly text: string;
}

const LINE = /^([^\n\r\0]*)(\n\r\0|\r\n\0|\n\r|\r\n|\n\0|\r\0|\n|\r|\0|$)/;

/** The logical lines of a text after read_line_full() and config_parse(), systemd 262: step by step, slow and without offsets. */
export function referenceLines(text: string): ReferenceLine[] {
  const found: ReferenceLine[] = [];
  let rest = text;
  let line = 0;
  let bomSeen = false;
  let continuation: string | undefined;
  while (rest !== "") {
    const [whole, read] = LINE.exec(rest) ?? ["", ""];
    rest = rest.slice(whole.length);
    line++;
    if (/^[ \t\n\r]*[#;]/.test(read ?? "")) continue;
    let text = read ?? "";
    if (!bomSeen && text.startsWith("\ufeff")) {
      text = text.slice(1);
      bomSeen = true;
    }
    text = (continuation ?? "") + text;
    continuation = undefined;
    let escaped = false;
    for (const char of text) escaped = char === "\\" && !escaped;
    if (escaped) continuation = `${text.slice(0, -1)} `;
    else found.push({ line, text });
  }
  if (continuation !== undefined) found.push({ line: line + 1, text: continuation });
  return found
    .map((it) => ({ line: it.line, text: it.text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, "") }))
    .filter((it) => it.text !== "");
}
