import { splitWords } from "../../syntax/words.ts";

/**
 * The variables that a value of Environment= sets, in its order; undefined for a word of which that is not sure, as systemd
 * ignores it where a specifier of it has no value or it is no assignment. Follows config_parse_environ(), systemd 257.
 */
export function variablesIn(text: string): readonly (string | undefined)[] {
  return splitWords(text, "escapes").words.map(({ value }) => /^([A-Za-z_]\w*)=[^%\p{Cc}]*$/u.exec(value)?.[1]);
}
