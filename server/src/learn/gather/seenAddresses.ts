import type { AddressNeed } from "../needs.ts";
import type { Tally } from "./tally.ts";

/** An address without the sight of it. */
export type PlainAddress = Omit<AddressNeed, "sight">;

/** Addresses in bounded memory: of a peer with many ports no port is kept, of very many peers only the family. */
export interface SeenAddresses {
  readonly count: (address: PlainAddress, counted: (tally: Tally | undefined) => Tally) => void;
  readonly all: () => Iterable<{ readonly address: PlainAddress; readonly tally: Tally }>;
}

const MOST_PORTS = 32;
const MOST_ADDRESSES = 512;

export function seenAddresses(): SeenAddresses {
  const seen = new Map<string, { readonly address: PlainAddress; readonly tally: Tally }>();
  const sizes = new Map<string, number>();
  return {
    count: (address, counted) => {
      const ofFamily = `${address.use} ${address.family}`;
      const ofHost = `${ofFamily} ${address.address} `;
      const exact = `${ofHost}${address.port ?? ""}`;
      const known = seen.get(exact) ?? seen.get(ofHost) ?? seen.get(ofFamily);
      if (known !== undefined) {
        counted(known.tally);
        return;
      }
      const families = (sizes.get(ofFamily) ?? 0) + 1;
      sizes.set(ofFamily, families);
      if (families > MOST_ADDRESSES) {
        seen.set(ofFamily, { address: { ...address, address: "*", port: undefined }, tally: counted(undefined) });
        return;
      }
      const ports = (sizes.get(ofHost) ?? 0) + 1;
      sizes.set(ofHost, ports);
      if (ports > MOST_PORTS) seen.set(ofHost, { address: { ...address, port: undefined }, tally: counted(undefined) });
      else seen.set(exact, { address, tally: counted(undefined) });
    },
    all: () => seen.values(),
  };
}
