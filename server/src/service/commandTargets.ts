import { baseNameOf } from "./userCommands.ts";

/** What the words of a command write: of a copy the last word, of tools for keys what their option names, and redirections. */
export function targetsOf([program = "", ...args]: readonly string[]): readonly string[] {
  const name = baseNameOf(program);
  const option = NAMED_BY[name];
  const last = args.at(-1) ?? "";
  const byOption = args.flatMap((it, i) => {
    const redirected = /^1?>{1,2}(\/.+)$/s.exec(it)?.[1] ?? (/^1?>{1,2}$/.test(it) ? args[i + 1] : undefined);
    const named = option?.test(args[i - 1] ?? "") ? it : undefined;
    return [redirected, named].filter((path) => path !== undefined);
  });
  const own = /^(?:touch|tee)$/.test(name) ? args : /^(?:cp|mv|install|ln)$/.test(name) ? [last] : [];
  return [...byOption, ...own].filter((it) => /^[/%]/.test(it) && !/[$`*?]/.test(it));
}

const NAMED_BY: Readonly<Partial<Record<string, RegExp>>> = {
  openssl: /^-(?:out|keyout)$/,
  curl: /^(?:-o|--output)$/,
  wget: /^-O$/,
};
