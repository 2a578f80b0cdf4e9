/** Directives whose lists an empty value of any one of them empties, by section; facts of systemd 257 to 262. */
const SHARED: readonly { readonly section: string; readonly names: RegExp }[] = [
  { section: "Unit", names: /^Condition[A-Z]/ },
  { section: "Unit", names: /^Assert[A-Z]/ },
  {
    section: "Socket",
    names: /^Listen(?:Stream|Datagram|SequentialPacket|FIFO|Special|Netlink|MessageQueue|USBFunction)$/,
  },
  { section: "Timer", names: /^On(?:Active|Boot|Startup|UnitActive|UnitInactive)Sec$|^OnCalendar$/ },
  { section: "Path", names: /^Path(?:Exists|ExistsGlob|Changed|Modified)$|^DirectoryNotEmpty$/ },
  ...["Service", "Socket", "Mount", "Swap"].map((section) => ({ section, names: /^Bind(?:ReadOnly)?Paths$/ })),
];

/** Whether an empty assignment of `name` also takes back what `other` has set. */
export function emptiesAlso(section: string, name: string, other: string): boolean {
  if (name === other) return true;
  return SHARED.some((it) => it.section === section && it.names.test(name) && it.names.test(other));
}
