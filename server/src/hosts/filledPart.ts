/** What may stand before a path, where a text is written in lines or with `\n` for their ends. */
const PATH_BEFORE = /(?:^|\n|\\n)(?:Exec\w+|WorkingDirectory|RootDirectory|EnvironmentFile|PIDFile)=[ \t]*[-@!+:|]*$/;

/** Farther from the start of its line nothing is the path of a program. */
const MAX_NAME = 100;

/** Something of the form of what is put in at an offset of a text, whose line begins at another. */
export function filledPart(text: string, line: number, at: number): string {
  return at - line < MAX_NAME && PATH_BEFORE.test(text.slice(line, at)) ? "/opt/x" : "x";
}
