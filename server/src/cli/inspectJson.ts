import { programNeeds } from "../needs/programNeeds.ts";
import type { InspectReport } from "./inspectText.ts";

/** What was read of programs as JSON; the shape only grows (version 1). */
export function inspectJson(reports: readonly InspectReport[]): string {
  const all = reports.map(({ path, reading, isPrivileged }) => ({
    path,
    files: reading.files.map(({ paths: _, ...it }) => it),
    unread: reading.unread,
    configuration: reading.configuration ?? [],
    packaged: reading.packaged ?? [],
    owned: reading.owned ?? [],
    needs: programNeeds(reading, isPrivileged).map(({ need, read }) => ({ need: need.name, ...read })),
  }));
  return `${JSON.stringify({ version: 1, reports: all }, undefined, 2)}\n`;
}
