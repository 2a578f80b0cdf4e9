/** What copies files of these names from the folder of a shell to their places, as root, and has systemd read them. */
export const installCommand = (paths: readonly string[]): string =>
  [
    ...paths.map((path) => `sudo install -D -m 644 ${quoted(path.replace(/^.*\//, ""))} ${quoted(path)}`),
    "sudo systemctl daemon-reload",
  ].join(" && ");

const quoted = (word: string): string => (/^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
