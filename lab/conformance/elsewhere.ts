/** Answers that go by more than the line, with what they go by. */
const ELSEWHERE: readonly { readonly type: RegExp; readonly value?: RegExp; readonly said?: RegExp }[] = [
  // Names of tables stand in networkd.conf; of one that is not there we say that it counts only then.
  { type: /^config\/(?:routeTable|routingPolicyRuleTable|dhcpOrRaRouteTable.*)$/, value: /^[A-Za-z_][A-Za-z0-9_.-]*$/ },
  // The users of the machine that answered.
  { type: /^config\/routingPolicyRuleUidRange$/, value: /^[A-Za-z_][A-Za-z0-9_.-]*$/ },
  // The interfaces of the machine that answered.
  { type: /^config\/dns$/, value: /%eth0/ },
  // The addresses of the whole file.
  { type: /^config\/gateway/, said: /without static address configured/ },
  // The lines that stood around with an address of the other family.
  { type: /^config\/address$/, said: /^Address is incompatible/ },
  {
    type: /^config\/(?:routeDestination|preferredSrc.*)$/,
    value: /^[0-9a-f:]+(?:\/[0-9]+)?$/,
    said: /Invalid argument$/,
  },
];

/** Whether what systemd says of a value is not to be told by its line alone. */
export const dependsOnOthers = (type: string, value: string, said: string): boolean =>
  ELSEWHERE.some((it) => it.type.test(type) && (it.value?.test(value) ?? true) && (it.said?.test(said) ?? true));
