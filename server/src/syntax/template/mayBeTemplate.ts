/** Whether a text of whole lines may have any placeholder or tag; most have none, and nothing more is asked of them. */
export function mayBeTemplate(text: string): boolean {
  return (
    text.includes("{{") ||
    text.includes("{%") ||
    text.includes("<%") ||
    (text.includes("%{") && TERRAFORM_TAG.test(text)) ||
    (text.includes("__") && /__[A-Z]/.test(text)) ||
    (text.includes("@") && /@[A-Za-z_][\w.-]{0,99}@|@[([]/.test(text)) ||
    (text.includes("%") && /%[A-Z][A-Z0-9_]{2,99}%/.test(text)) ||
    (text.includes("#") && /#[A-Z][A-Z0-9_]{2,99}#/.test(text)) ||
    hasVariable(text) ||
    (MACROS.some((it) => text.includes(it)) && /^(?:#endif|dnl|m4_)/m.test(text))
  );
}

/** How a tag of Terraform begins; `%{http_code}` is none. */
export const TERRAFORM_TAG = /%\{~?[ \t]{0,99}(?:if|else|endif|for|endfor)\b/;

const MACROS: readonly string[] = ["#endif", "dnl", "m4_"];

/** Whether a variable stands where systemd expands none; of a line the first one decides. */
function hasVariable(all: string): boolean {
  const text = all.includes("\r") && all.includes("$") ? all.replaceAll("\r", "\n") : all;
  for (let at = text.indexOf("$"); at >= 0; ) {
    TAKES_NONE.lastIndex = text.lastIndexOf("\n", at) + 1;
    if (TAKES_NONE.test(text)) return true;
    const end = text.indexOf("\n", at);
    at = end < 0 ? -1 : text.indexOf("$", end);
  }
  return false;
}

/** How a line begins that is a variable, or a setting that takes none. */
const TAKES_NONE = /[ \t]{0,99}(?:(?!Exec|Env|PassEnv)[A-Za-z]\w{0,99}[ \t]{0,9}=|\$)/y;
