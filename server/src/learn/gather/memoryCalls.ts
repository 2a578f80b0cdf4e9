import type { LoggedCall } from "../log/call.ts";
import { type CallReader, filePathOf, keyOf, type Scene } from "./scene.ts";
import { touchReal } from "./touch.ts";

/** Mappings: only those that run code tell something. */
function map(call: LoggedCall, scene: Scene): void {
  const protection = call.args[2] ?? "";
  if (call.result.error !== undefined || !protection.includes("PROT_EXEC")) return;
  const path = filePathOf(call.args[4]);
  if (path !== undefined) touchReal(call, scene, keyOf(scene, path), ["map"], path);
  if (protection.includes("PROT_WRITE")) scene.notes.count("marks", "writable-executable");
}

function protect(call: LoggedCall, scene: Scene): void {
  if (call.result.error !== undefined || !(call.args[2] ?? "").includes("PROT_EXEC")) return;
  scene.notes.count("marks", "writable-executable");
}

function attachShared(call: LoggedCall, scene: Scene): void {
  scene.notes.count("marks", "ipc");
  if (call.result.error === undefined && (call.args[2] ?? "").includes("SHM_EXEC")) {
    scene.notes.count("marks", "writable-executable");
  }
}

/** Calls that make memory executable. */
export const MEMORY_CALLS: Readonly<Record<string, CallReader>> = {
  mmap: map,
  mmap2: map,
  mprotect: protect,
  pkey_mprotect: protect,
  shmat: attachShared,
};
