import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";

const { values } = parseArgs({ options: { manual: { type: "string" } } });

void bundle(values.manual);
