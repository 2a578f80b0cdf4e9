import { CONFIGURATION_NAMES } from "../configuration/configuration.ts";
import { OWN_SECTIONS_OF_QUADLETS } from "../facts/quadletKinds.ts";
import { TEMPLATE_GLOB } from "../facts/templateNames.ts";
import { UNIT_KINDS } from "../facts/unitKinds.ts";
import { LEARNT_SUFFIX, NEEDS_SUFFIX } from "../units/learntText.ts";

/** The files whose change on disk changes what is said about an open one. */
export const WATCHED = [
  { globPattern: "**/*.d/*.conf" },
  { globPattern: `**/*.{${UNIT_KINDS.join(",")}}.${TEMPLATE_GLOB}` },
  { globPattern: `**/*.{${UNIT_KINDS.join(",")}}` },
  { globPattern: `**/*.{${Object.keys(OWN_SECTIONS_OF_QUADLETS).join(",")}}` },
  { globPattern: "**/*.{netdev,link,nspawn,dnssd,dns-delegate,oomrule,transfer,feature,component}" },
  { globPattern: "**/{systemd,repart.d,mkosi.repart}/*.conf" },
  { globPattern: "**/*.{wants,requires,upholds}/*" },
  { globPattern: `**/*.service{${LEARNT_SUFFIX},${NEEDS_SUFFIX}}` },
  { globPattern: `**/{${CONFIGURATION_NAMES.join(",")}}` },
  // Of a folder that comes with all that is in it, clients may tell the folder alone.
  { globPattern: "**/*.{d,wants,requires,upholds}" },
];
