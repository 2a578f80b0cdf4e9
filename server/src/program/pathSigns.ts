import type { SignName } from "./sign.ts";

/** What each service has whatever it is given: usual device nodes, and what a process sees of itself. */
const HARMLESS =
  /^\/dev\/(?:null|zero|full|u?random|tty|stdin|stdout|stderr|fd|shm|log|ptmx|pts|mqueue)(?:\/|$)|^\/dev\/?$|^\/proc\/(?:self|thread-self|mounts|filesystems)(?:\/|$)/;

/** What paths speak of, the closest first. */
const PATH_SIGNS: readonly { readonly at: RegExp; readonly sign: SignName }[] = [
  { at: /^\/(?:dev|proc)\/kmsg$/, sign: "kernelLog" },
  { at: /^\/dev\/rtc\d*$/, sign: "clock" },
  { at: /^\/dev\/./, sign: "devices" },
  { at: /^\/sys\/fs\/cgroup(?:\/|$)/, sign: "controlGroups" },
  { at: /^\/(?:usr\/)?lib\/modules(?:\/|$)/, sign: "modules" },
  // The directory itself is listed for all processes; a number or a placeholder is one of them.
  { at: /^\/proc\/?$|^\/proc\/(?:\d|[%$*{<[])/, sign: "processes" },
  { at: /^\/proc\/./, sign: "procFiles" },
  { at: /^(?:\/home|\/root|\/run\/user)(?:\/|$)/, sign: "homes" },
  { at: /^\/(?:var\/)?tmp(?:\/|$)/, sign: "temporary" },
];

/** What a path that stands in a program or its configuration speaks of; undefined for places that no setting takes away. */
export const signOfPath = (path: string): SignName | undefined =>
  HARMLESS.test(path) ? undefined : PATH_SIGNS.find(({ at }) => at.test(path))?.sign;
