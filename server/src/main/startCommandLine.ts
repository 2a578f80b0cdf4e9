import { loadCore } from "./core.ts";
import { endWith } from "./sourceLines.ts";

/** The first word, for what may be a command; anything else is refused and keeps no code. */
const [word = ""] = process.argv.slice(2);
loadCore(/^[a-z]+$/.test(word) ? word : "help")
  .runCommandLine()
  .catch(endWith);
