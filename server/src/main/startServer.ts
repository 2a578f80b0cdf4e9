import { loadCore } from "./core.ts";

void loadCore("server").runServer();
