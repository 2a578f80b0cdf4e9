/** What unit files should not have, and have all the same: each piece breaks something of which someone thought it could not. */
export const HOSTILE = {
  /** What a terminal, an annotation of GitHub or a log takes for more than text. */
  controls: ["\0", "\u0001", "\u0007", "\b", "\u001b[31m", "\u001b]0;t\u0007", "\u007f", "\u0085", "\u009b2J", "\r", "\u000b"],
  /** What is not UTF-8 (a byte as a lone surrogate, see text/utf8.ts), and what only looks like a space or nothing. */
  bytes: ["\udcff", "\udc80", "\udcc3", "\ud83d", "\ufeff", "\uffff", "\u00a0", "\u200b", "\u202e", "\u2028", "é", "😀"],
  continuations: ["\\\n", " \\\n  ", "\\\r\n", "\\\n# in between\n", "\\\n; in between\n", "\\\n\n", "\\\\\n", "\\ \n"],
  comments: ["# comment\n", "; comment\n", "  # indented\n", "#", "# continued \\\n", "# unit-warden: ignore\n"],
  quotes: ["'", '"', '\\"', "''", '"a b', "\\x41", "\\q", "\\u00e9", "\\;", "$", "$$", "${A", "%"],
  specifiers: ["%i", "%n", "%p", "%t", "%%", "%Q", "%", "%h/%u", "%9"],
  /** What Markdown, HTML and the editor would bring to life. */
  markdown: [
    "`", "```", "````", "``` x ```", "**b**", "_i_", "~~~", "| a | b |", "<b>x</b>", "<!-- x", "&lt;", "\\`", "$(gear)",
    "[x](command:workbench.action.quit)", "[x](https://example.org/)", "![x](https://example.org/x.png)", "<img src=x>",
    "<https://example.org/>", "https://example.org/`x`", "command:x", "[a]: https://example.org/", "# h", "- [ ] x", "](x)",
    "file:///etc/passwd", "javascript:alert(1)", "[x][a]", "mailto:a@example.org", "www.example.org",
  ],
  /** What a workflow command of GitHub begins with, and what ends a CDATA section or a script. */
  outputs: ["::error::x", "%0A::error::x", "##[error]x", "]]>", "</script>", "' onload='x", "&amp;", "{{x}}"],
} as const; // biome-ignore format: a table of samples

/** All pieces of the table. */
export const HOSTILE_PIECES: readonly string[] = Object.values(HOSTILE).flat();
