import { lastOption } from "../../../service/containers/lookups.ts";
import type { PayloadWorld } from "../../../service/containers/payloadWorld.ts";

/** What is known of the program in a container. */
export interface KnownImage {
  /** Whether it was started and asked under the profiles, with every network. */
  readonly tried: boolean;
  /** The capabilities with which it begins where it begins as root. */
  readonly capabilities: readonly string[];
  /** The directories, other than volumes, that it writes to; /tmp, /var/tmp and /run are writable anyway. */
  readonly writes: readonly string[];
}

/** Root changes owners and becomes another user: the start scripts of most official images. */
const SWITCHING = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"];
const documented = (writes: readonly string[], capabilities: readonly string[] = SWITCHING): KnownImage => ({
  tried: false,
  capabilities,
  writes,
});

/** What the documentation of official images says, by the last part of their names. */
const IMAGES: ReadonlyMap<string, KnownImage> = new Map([
  ["caddy", documented([], ["NET_BIND_SERVICE"])],
  ["httpd", documented(["/usr/local/apache2/logs"], ["CHOWN", "SETGID", "SETUID", "NET_BIND_SERVICE"])],
  ["mariadb", documented([])],
  ["memcached", documented([], [])],
  ["mysql", documented([])],
  ["nginx", documented(["/var/cache/nginx"], ["CHOWN", "SETGID", "SETUID", "NET_BIND_SERVICE"])],
  ["postgres", documented([])],
  ["redis", documented([])],
  ["traefik", documented([], ["NET_BIND_SERVICE"])],
  ["valkey", documented([])],
]);

const TRIED: KnownImage = { tried: true, capabilities: [], writes: [] };
const UNKNOWN: KnownImage = { tried: false, capabilities: SWITCHING, writes: [] };

/** The last part of the name of an image, without tag and digest. */
const baseName = (image: string): string => {
  const [named = ""] = image.split("@");
  const last = named.slice(named.lastIndexOf("/") + 1);
  return last.split(":")[0] ?? "";
};

/** What is known of the image of a container, and of what runs in it. */
export function knownImage({ options }: PayloadWorld, exec: string): KnownImage {
  const name = baseName(lastOption(options, "image")?.value ?? "");
  if (name === "busybox" && /^(?:\S*\/)?(?:busybox\s+)?httpd\s/.test(`${exec} `)) return TRIED;
  return IMAGES.get(name) ?? UNKNOWN;
}
