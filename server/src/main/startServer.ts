import { loadCore } from "./core.ts";
import { saveMemory } from "./heap.ts";
import { endWith } from "./sourceLines.ts";

loadCore("server", { prepare: saveMemory }).runServer().catch(endWith);
