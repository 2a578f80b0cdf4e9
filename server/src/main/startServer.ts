import { loadCore } from "./core.ts";
import { fail } from "./sourceLines.ts";

loadCore("server").runServer().catch(fail);
