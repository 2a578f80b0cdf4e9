import { joinTables } from "../text/tables.ts";
import { EXEC_ENUMERATIONS } from "./enumerations/execWords.ts";
import { LOG_ENUMERATIONS } from "./enumerations/logWords.ts";
import { RESOURCE_ENUMERATIONS } from "./enumerations/resourcesWords.ts";
import { SANDBOX_ENUMERATIONS } from "./enumerations/sandboxWords.ts";
import { SERVICE_ENUMERATIONS } from "./enumerations/serviceWords.ts";
import { SOCKET_ENUMERATIONS } from "./enumerations/socketWords.ts";
import { UNIT_ENUMERATIONS } from "./enumerations/unitWords.ts";

/** All value types that are one word of a set, by the name of their C routine in camel case without `config_parse_`. */
export const ENUMERATIONS = joinTables(
  UNIT_ENUMERATIONS,
  SERVICE_ENUMERATIONS,
  EXEC_ENUMERATIONS,
  LOG_ENUMERATIONS,
  SANDBOX_ENUMERATIONS,
  RESOURCE_ENUMERATIONS,
  SOCKET_ENUMERATIONS,
);
