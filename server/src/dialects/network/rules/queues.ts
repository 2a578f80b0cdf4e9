import { parseSize } from "../../../values/size.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { QUEUE_SECTIONS } from "../queueSections.ts";
import type { ConfigObject } from "./objects.ts";

/** The same to look one up. */
export const QUEUES: ReadonlySet<string> = new Set(QUEUE_SECTIONS);

/** Where a discipline hangs: the root, where nothing else is said. */
export const queueParent = (object: ConfigObject): string => object.value("Parent") ?? "root";

/** Why a queueing discipline or class counts for nothing by what it says itself. Follows the verify routines in src/network/tc/, systemd 257 and 262. */
export function refusedQueue(object: ConfigObject): string | undefined {
  if (object.name === "TokenBucketFilter") return refusedTokenBucket(object);
  if (object.name === "HierarchyTokenBucketClass") return size(object, "Rate") > 0 ? undefined : "needs Rate=";
  if (object.name === "GenericRandomEarlyDetection") {
    const [all, own] = [number(object, "VirtualQueues"), number(object, "DefaultVirtualQueue")];
    return own < all ? undefined : "needs a DefaultVirtualQueue= that is less than VirtualQueues=";
  }
  return object.name === "EnhancedTransmissionSelection" ? refusedTransmission(object) : undefined;
}

function refusedTokenBucket(object: ConfigObject): string | undefined {
  const limit = Math.max(size(object, "LimitBytes"), size(object, "LimitSize"));
  const latency = time(object, "LatencySec");
  if (limit > 0 && latency > 0) return "has both LimitBytes= and LatencySec=";
  if (limit === 0 && latency === 0) return "needs LimitBytes= or LatencySec=";
  if (size(object, "Rate") === 0) return "needs Rate=";
  if (Math.max(size(object, "BurstBytes"), size(object, "Burst")) === 0) return "needs BurstBytes=";
  return size(object, "PeakRate") > 0 && size(object, "MTUBytes") === 0 ? "needs MTUBytes= with PeakRate=" : undefined;
}

function refusedTransmission(object: ConfigObject): string | undefined {
  const taken = number(object, "StrictBands") + object.words("QuantumBytes").length;
  const bands = number(object, "Bands") || taken;
  if (bands === 0) return "needs Bands=, StrictBands= or QuantumBytes=";
  if (bands < taken) return "has fewer Bands= than StrictBands= and QuantumBytes= take";
  return object.words("PriorityMap").some((it) => Number(it) >= bands)
    ? "has a band in PriorityMap= that Bands= does not cover"
    : undefined;
}

const number = (object: ConfigObject, key: string): number => Number(object.value(key) ?? "0");

function size(object: ConfigObject, key: string): number {
  const read = parseSize(object.value(key) ?? "0", 1000);
  return "bytes" in read ? Number(read.bytes) : 0;
}

function time(object: ConfigObject, key: string): number {
  const read = parseTimeSpan(object.value(key) ?? "0", "s");
  return "nanoseconds" in read ? Number(read.nanoseconds === "infinity" ? 1 : read.nanoseconds) : 0;
}
