import { loadCore } from "./core.ts";
import { endWith } from "./sourceLines.ts";

loadCore("server").runServer().catch(endWith);
