import type { FixedWord } from "../../../values/oneOf.ts";

const COMMON: Readonly<Record<string, string>> = {
  A: "IPv4 addresses.",
  AAAA: "IPv6 addresses.",
  CNAME: "Other names.",
  MX: "Mail servers.",
  NS: "Name servers.",
  PTR: "Names of addresses.",
  SRV: "Services with their hosts and ports.",
  TXT: "Texts.",
  HTTPS: "How to reach a web server.",
  SVCB: "How to reach a service.",
  CAA: "Who may issue certificates.",
  TLSA: "Certificates of a service.",
  DS: "Keys of a zone below.",
  DNSKEY: "Keys of a zone.",
  SOA: "The start of a zone.",
  ANY: "All types.",
};

const OTHERS =
  "MD MF MB MG MR NULL WKS HINFO MINFO RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY PX GPOS LOC NXT EID NIMLOC ATMA NAPTR KX CERT A6 DNAME SINK OPT APL SSHFP IPSECKEY RRSIG NSEC DHCID NSEC3 NSEC3PARAM HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY SPF NID L32 L64 LP EUI48 EUI64 TKEY TSIG IXFR AXFR MAILB MAILA URI TA DLV SMIMEA CSYNC ZONEMD UINFO UID GID UNSPEC AVC DOA AMTRELAY RESINFO";

/** Types of DNS records that systemd knows by name. */
export const RECORD_TYPES: readonly FixedWord[] = [
  ...Object.entries(COMMON).map(([text, summary]) => ({ text, summary })),
  ...OTHERS.split(" ").map((text) => ({ text })),
];
