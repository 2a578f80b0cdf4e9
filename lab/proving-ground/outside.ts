import type { Daemon } from "./daemon.ts";
import { MAIL } from "./outside/mail.ts";
import { MONITORING } from "./outside/monitoring.ts";
import { NETWORK } from "./outside/network.ts";
import { OTHERS } from "./outside/others.ts";
import { WEB } from "./outside/web.ts";

/**
 * Daemons that nothing was fitted to when they came in: whether what holds for the list holds for others. What broke then
 * and has a rule since: dlt-daemon, goiardi, inn2, prometheus-smokeping-prober and, with the strict profile, ypserv.
 */
export const OUTSIDE: readonly Daemon[] = [...WEB, ...MAIL, ...NETWORK, ...MONITORING, ...OTHERS];
