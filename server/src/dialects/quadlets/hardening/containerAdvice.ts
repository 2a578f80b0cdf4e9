import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { OwnHardening } from "../../../hardening/ownHardening.ts";
import type { AdviceRule } from "../../../hardening/suggestions/advice.ts";
import {
  containerDropIn,
  containerFindings,
  containerFix,
  containerLeftOut,
  hardenContainer,
} from "./containerHardening.ts";
import { containerCode, containerSection } from "./containerPlan.ts";
import { CONTAINER_ROWS } from "./containerRows.ts";

/** How the container of a quadlet is confined: by keys of [Container]. */
export const CONTAINER_HARDENING: OwnHardening = {
  sectionOf: containerSection,
  findings: containerFindings,
  harden: hardenContainer,
  dropIn: containerDropIn,
  fix: containerFix,
  leftOut: containerLeftOut,
};

/** The codes of the advice for containers, in the order of the tiers. */
export const containerAdvice: readonly AdviceRule[] = CONTAINER_ROWS.map((row) => ({
  code: containerCode(row.id),
  title: row.title,
  why: `If it is not set, ${row.absent}. ${row.protects}`,
  page: "podman-systemd.unit(5)",
  tier: row.tier,
  directive: row.key as DirectiveName,
  value: row.value,
  breaks: row.breaks,
  shows: row.shows,
}));
