/** The folder of a program with what belongs to it; of one that lies in the home itself only the file. */
export function programFolder(program: string): string {
  const folder = program.replace(/(?:\/s?bin)?\/[^/]*$/, "");
  return /^\/(?:home\/[^/]+|root)$/.test(folder) ? program : folder;
}
