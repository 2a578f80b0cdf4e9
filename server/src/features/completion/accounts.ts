import { CompletionItemKind } from "vscode-languageserver-types";
import type { Slot } from "../../values/read.ts";
import type { Account } from "../world.ts";
import { type Choice, choicesOf, RANKS } from "./choice.ts";

/**
 * The users or groups of the machine: first those that packages made for a service, the newest of them first, then those that
 * the grammar offers by itself, then people, and last what the base system has for itself.
 */
export function accountChoices(slot: Slot, accounts: readonly Account[], what: "user" | "group"): Choice[] {
  const choice = choicesOf(CompletionItemKind.Constant, slot);
  const rank = ({ name, id }: Account): number =>
    BASE.test(name) ? RANKS.machine + 1 : id < FIRST_PERSON ? RANKS.own : RANKS.machine;
  return accounts.toReversed().map((it) => choice(it.name, `A ${what} of this machine.`, rank(it)));
}

/** From here on accounts belong to people: SYSTEM_UID_MAX of systemd and 1. */
const FIRST_PERSON = 1000;

/** Accounts that every system has for itself. */
const BASE =
  /^(?:nobody|nogroup|root|daemon|bin|sys|sync|games|man|lp|mail|news|uucp|proxy|backup|list|irc|adm|tty|disk|sudo|shadow|messagebus|systemd-.*|_.*)$/;
