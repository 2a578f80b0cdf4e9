import { l10n, type QuickPickItem } from "vscode";
import type { RunAs, Start } from "../../server/src/server/protocol.ts";

/** One of the answers that a question lists. */
export type ListedAnswer<T> = QuickPickItem & { readonly value: T };

/** Whom a service may run as. */
export const USERS: readonly ListedAnswer<RunAs["kind"] | "login">[] = [
  {
    label: l10n.t("Its own user"),
    description: "DynamicUser=",
    detail: l10n.t("It exists only while the service runs"),
    value: "dynamic",
  },
  {
    label: l10n.t("An existing system user"),
    description: "User=",
    detail: l10n.t("Asks for the name"),
    value: "user",
  },
  { label: "root", detail: l10n.t("For services that need full privileges"), value: "root" },
  {
    label: l10n.t("You"),
    description: l10n.t("user manager"),
    detail: l10n.t("Runs while you are logged in"),
    value: "login",
  },
];

/** When it may start. */
export const STARTS: readonly ListedAnswer<Start["kind"]>[] = [
  { label: l10n.t("At boot"), value: "boot" },
  { label: l10n.t("On a timer"), detail: l10n.t("With a .timer file"), value: "timer" },
  {
    label: l10n.t("On the first connection"),
    detail: l10n.t("With a .socket file; the program gets its socket from systemd"),
    value: "socket",
  },
  { label: l10n.t("Manually"), value: "manual" },
];

/** The answer that was given before. */
export const active = <T>(choices: readonly ListedAnswer<T>[], value: T | undefined): ListedAnswer<T> | undefined =>
  choices.find((it) => it.value === value);
