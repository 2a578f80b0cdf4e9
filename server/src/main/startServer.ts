import { loadBuiltIns } from "./builtIns.ts";
import { loadCore } from "./core.ts";
import { saveMemory } from "./heap.ts";
import { endWith } from "./sourceLines.ts";

/** What the library of the language server loads. */
const BUILT_INS = ["node:child_process", "node:crypto", "node:fs/promises", "node:net", "node:os"];

loadCore("server", {
  prepare: (isKeeping) => {
    loadBuiltIns(BUILT_INS);
    saveMemory(isKeeping);
  },
})
  .runServer()
  .catch(endWith);
