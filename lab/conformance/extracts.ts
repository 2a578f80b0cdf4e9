import { dirname } from "node:path";
import { EXTRACTS, isCurrent } from "../../build/extracts/extracts.ts";
import type { Suite } from "./suite.ts";

/** The files of data/ are as facts and corpus say; `npm run extracts` writes them anew. */
export const extracts: Suite = {
  name: "extracts",
  versions: [262],
  run(corpus) {
    const differences = EXTRACTS.filter((it) => !isCurrent(it, dirname(corpus))).map((it) => it.path);
    return { agree: EXTRACTS.length - differences.length, total: EXTRACTS.length, differences };
  },
};
