import { l10n } from "vscode";
import type { ShownStatus } from "../../server/src/server/protocol.ts";

/** What the status item says. */
export interface StatusText {
  readonly text: string;
  readonly detail: string;
}

/** The state of a unit file in a few words, the exposure first. */
export function statusText(status: ShownStatus): StatusText {
  const { dropIn, exposed, notLoaded } = status;
  // The popup of the editor has room for some sixty characters.
  const unit = exposed && dropIn ? [l10n.t("whole unit")] : [];
  const user = status.scope === "user" ? [l10n.t("user unit")] : [];
  return {
    text: exposed ? levelText(exposed) : l10n.t("No exposure level"),
    detail: notLoaded ?? [...unit, ...user, profileText(status), systemdText(status)].join(" · "),
  };
}

/** An exposure with the name of its level. */
export function levelText({ exposure, level }: NonNullable<ShownStatus["exposed"]>): string {
  return exposure === undefined ? l10n.t("Refused by systemd") : `${exposure} ${level ?? ""}`.trim();
}

function profileText({ profile }: ShownStatus): string {
  return profile === "off" ? l10n.t("no hardening findings") : l10n.t("profile {0}", profile);
}

/** As whose unit it is checked, and why. */
export function scopeText({ scope, scopeFrom, scopeBecause }: ShownStatus): string {
  const unit = scope === "user" ? l10n.t("checked as a user unit") : l10n.t("checked as a system unit");
  switch (scopeFrom) {
    case "asked":
      return l10n.t("{0} (from the settings)", unit);
    case "folder":
      return l10n.t("{0} (from the folder)", unit);
    case "text":
      return `${unit} (${scopeBecause.join(", ")})`;
    case "default":
      return l10n.t("{0} (nothing says otherwise)", unit);
  }
}

/** The version that counts, and who says so. */
export function systemdText({ systemd: { version, name, from, installed } }: ShownStatus): string {
  if (from === "setting")
    return name === undefined
      ? l10n.t("systemd {0} (from the settings)", version)
      : l10n.t("systemd {0} of {1} (from the settings)", version, name);
  if (from === "newest") return l10n.t("systemd {0} (newest known)", version);
  return installed === undefined || installed === version
    ? l10n.t("systemd {0} (installed)", version)
    : l10n.t("systemd {0} ({1} is installed)", version, installed);
}
