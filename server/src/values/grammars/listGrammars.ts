import { joinTables } from "../../text/tables.ts";
import type { Grammar } from "../grammar.ts";
import { BPF_LISTS } from "./lists/bpf.ts";
import { CAPABILITY_LISTS } from "./lists/capabilityLists.ts";
import { CONTROLLER_LISTS } from "./lists/controllers.ts";
import { INTERFACES } from "./lists/interfaces.ts";
import { KERNEL_LISTS } from "./lists/kernelLists.ts";
import { NETWORK_LISTS } from "./lists/networkLists.ts";
import { SYSTEM_CALL_LISTS } from "./lists/systemCalls.ts";

/** Sets and lists of words that a kernel or systemd knows: capabilities, system calls, families, namespaces, controllers, addresses. */
export const LISTS = joinTables(
  CAPABILITY_LISTS,
  SYSTEM_CALL_LISTS,
  KERNEL_LISTS,
  BPF_LISTS,
  CONTROLLER_LISTS,
  NETWORK_LISTS,
  INTERFACES,
) satisfies Record<string, Grammar>;
