import { EXEC_ENUMERATIONS } from "./enumerations/exec.ts";
import { LOG_ENUMERATIONS } from "./enumerations/log.ts";
import { RESOURCE_ENUMERATIONS } from "./enumerations/resources.ts";
import { SANDBOX_ENUMERATIONS } from "./enumerations/sandbox.ts";
import { SERVICE_ENUMERATIONS } from "./enumerations/service.ts";
import { SOCKET_ENUMERATIONS } from "./enumerations/socket.ts";
import { UNIT_ENUMERATIONS } from "./enumerations/unit.ts";

/** All value types that are one word of a set, by the name of their C routine in camel case without `config_parse_`. */
export const ENUMERATIONS = {
  ...UNIT_ENUMERATIONS,
  ...SERVICE_ENUMERATIONS,
  ...EXEC_ENUMERATIONS,
  ...LOG_ENUMERATIONS,
  ...SANDBOX_ENUMERATIONS,
  ...RESOURCE_ENUMERATIONS,
  ...SOCKET_ENUMERATIONS,
};
