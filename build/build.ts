import { bundle } from "./bundle.ts";

void bundle();
