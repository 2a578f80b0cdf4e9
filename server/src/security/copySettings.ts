import type { UnitSettings } from "./settings.ts";

/** A copy to go on from; what is only ever replaced is shared. */
export function copySettings(settings: UnitSettings): UnitSettings {
  const { addressFamilies: families, systemCalls: calls } = settings;
  return {
    ...settings,
    onFailure: new Set(settings.onFailure),
    onSuccess: new Set(settings.onSuccess),
    present: new Set(settings.present),
    addressFamilies: { ...families, members: families.members && new Set(families.members) },
    systemCalls: calls && { ...calls, members: calls.members.slice() },
    systemCallArchitectures: new Set(settings.systemCallArchitectures),
    devices: [...settings.devices],
    loadCredentials: new Map(settings.loadCredentials),
    setCredentials: new Map(settings.setCredentials),
  };
}
