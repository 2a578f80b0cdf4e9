import type { Origin } from "./service.ts";

/** Why the generator makes no service of a quadlet. */
export type RefusalReason =
  | "after-crash"
  | "artifact-missing"
  | "container-network-options"
  | "crash"
  | "dependency"
  | "file-missing"
  | "file-relative"
  | "gateway-without-subnet"
  | "gid-without-remap"
  | "group-without-user"
  | "image-and-rootfs"
  | "image-missing"
  | "image-not-found"
  | "kill-mode"
  | "link-not-found"
  | "more-gateways"
  | "more-ranges"
  | "mount-format"
  | "mount-source"
  | "mount-source-value"
  | "pod-not-found"
  | "pod-not-quadlet"
  | "port"
  | "reload-both"
  | "remap-keep-id-system"
  | "remap-manual"
  | "remap-several"
  | "remap-unknown"
  | "remap-with-mapping"
  | "resource-name"
  | "service-type"
  | "tag-missing"
  | "uid-without-remap"
  | "unknown-key"
  | "volume-image-missing"
  | "volume-without-device"
  | "working-directory"
  | "working-directory-missing"
  | "yaml-missing"
  | "yaml-several"
  | "unreadable"
  | "unreadable-neighbour";

/** What the generator refuses, and the place that decides it. */
export interface QuadletRefusal extends Origin {
  /** The quadlet that gets no service. */
  readonly quadlet: string;
  readonly reason: RefusalReason;
  /** The key, the name or the value that it is about. */
  readonly about: string;
}

/** What the generator does silently, or only with a warning: a service comes out of it. */
export interface QuadletRemark extends Origin {
  readonly quadlet: string;
  readonly reason: "bad-escape" | "no-equals" | "open-quote" | "service-user" | "short-image";
  readonly about: string;
}
