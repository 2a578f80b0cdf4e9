import { directive } from "../catalog/catalog.ts";
import { directiveUrl, pageUrl } from "../catalog/manualLink.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { Finding } from "../findings/finding.ts";
import { pageOf } from "../rules/codes.ts";

/** Where the manual says more: of advice in the entry of the directive, else in the page of the rule. */
export function hrefOf(
  { code, directive: name }: Pick<Finding, "code" | "directive">,
  version: SystemdVersion,
): string | undefined {
  const advised = code.startsWith("hardening/") && name !== undefined ? directive("Service", name) : undefined;
  const page = pageOf(code);
  return (advised && directiveUrl(advised, version)) ?? (page && pageUrl(page, version));
}
