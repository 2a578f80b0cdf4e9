import type { SignName } from "../sign.ts";

/** Devices that every service has, whatever it may open. */
const USUAL_DEVICE =
  /^\/dev\/(?:null|zero|full|u?random|tty|console|ptmx|pts|shm|mqueue|std(?:in|out|err)|fd|log|hugepages|core|initctl|xconsole)?(?:\/|$)/;

/** What a path in a text speaks of; its first pattern decides. */
const PATTERNS: readonly (readonly [RegExp, SignName | undefined])[] = [
  [/^\/dev\/(?:tcp|udp)\//, "socket"],
  [/^\/dev\/rtc/, "clock"],
  [/^\/(?:dev|proc)\/kmsg/, "kernelLog"],
  [/^\/dev\/(?:mem|kmem|port)$/, "rawDevices"],
  [USUAL_DEVICE, undefined],
  [/^\/dev\/./, "devices"],
  [/^\/proc\/(?:self|thread-self|mounts|filesystems|version|cmdline|sys\/kernel\/random)(?:\/|$)/, undefined],
  [/^\/proc\/(?:sys|[a-z][a-z_-]+)(?:\/|$)/, "procFiles"],
  [/^\/proc\b/, "processes"],
  [/^\/sys\/fs\/cgroup(?:\/|$)/, "controlGroups"],
  [/^\/sys\/(?:class\/gpio|bus|devices)(?:\/|$)/, "kernelSettings"],
  [/^\/(?:home|root)(?:\/|$)/, "homes"],
  [/^\/(?:var\/)?tmp(?:\/|$)/, "temporary"],
  [/^\/(?:var\/)?run\/dbus\//, "bus"],
  [/^\/(?:usr\/)?lib\/modules\//, "modules"],
];

/** What a path that stands in a text may be opened for. */
export function signsOfPath(path: string): readonly SignName[] {
  const sign = PATTERNS.find(([pattern]) => pattern.test(path))?.[1];
  return sign === undefined ? [] : [sign];
}

/** What writing to a path does to the machine. */
export function signOfWriting(path: string): SignName | undefined {
  if (/^\/sys\/fs\/cgroup\//.test(path)) return "controlGroups";
  if (/^\/(?:proc\/sys|sys)\//.test(path)) return "kernelSettings";
  return undefined;
}
