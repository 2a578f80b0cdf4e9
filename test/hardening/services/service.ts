/** A service that no table of programs knows, and what hardening must do with it. */
export interface UnknownService {
  /** What it is, in a few words. */
  readonly is: string;
  /** The name of its unit file. */
  readonly file: string;
  readonly unit: string;
  /** Settings that break it, as words; no profile may add them in either step. */
  readonly never: string;
  /** Settings that it bears and that `basic`, or `strict` where they belong there, must add, in the second step at the latest. */
  readonly must: string;
  /** Whether the unit shows enough for all of these to be added in the first step. */
  readonly shows?: true;
}

/** What no program of these lists needs, whatever it works with. */
export const HARMLESS =
  "ProtectHostname ProtectKernelLogs ProtectControlGroups LockPersonality SystemCallArchitectures";

/** What a daemon that serves a port bears. */
export const SERVER = `${HARMLESS} ProtectSystem ProtectHome PrivateTmp PrivateDevices ProtectClock ProtectKernelTunables ProtectKernelModules RestrictSUIDSGID RestrictNamespaces RestrictRealtime RestrictAddressFamilies`;
