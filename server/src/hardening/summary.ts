/** The one finding that stands in an editor for all settings that a service lacks and that are safe to add. */
export const SUMMARY_RULE = {
  code: "hardening/summary",
  title: "Safe settings are missing",
  why: "Editors show one finding for all settings that a service does not set and that its profile would add, so that the list of problems stays short; the fixes add them together or one by one. What is only likely to be safe is a second step with a doubt of its own, which `unit-warden try --likely` tests on the machine. Settings that are not known to be safe for the service, or that it cannot bear, are not findings: they are in the actions on [Service] and in the report, with the reason. `unitWarden.hardening.findings` set to `each` shows one finding for each setting, as `unit-warden check` does.",
  page: "systemd.exec(5)",
} as const;
