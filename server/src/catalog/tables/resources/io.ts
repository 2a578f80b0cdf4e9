import { type DirectiveRows, sharing } from "../../row.ts";
import { withStartup } from "./startup.ts";

/** systemd.resource-control(5): block devices. */
export const IO_ROWS = {
  IOAccounting: {
    summary: "Turns on block I/O measurement for the unit, and thereby for its slice neighbours and parent slices.",
    type: "bool",
    since: 230,
    default: "no (DefaultIOAccounting=)",
  },
  ...withStartup("IOWeight", 230, {
    summary: "Sets the unit's share of block I/O bandwidth against its slice neighbours, from 1 to 10000.",
    type: "cgWeight",
    since: 230,
    default: "100",
    anchor: "IOWeight=weight",
  }),
  IODeviceWeight: {
    summary: "Sets the I/O share (1 to 10000) for one block device, given by its node or by a file stored on it.",
    type: "ioDeviceWeight",
    since: 230,
    many: true,
    anchor: "IODeviceWeight=device weight",
  },
  ...sharing({ type: "ioLimit", since: 230, many: true, anchor: "IOReadBandwidthMax=device bytes" })({
    IOReadBandwidthMax: {
      summary: "Caps how many bytes per second the unit reads from a device, even if it is otherwise idle; K is 1000.",
    },
    IOWriteBandwidthMax: {
      summary: "Caps how many bytes per second the unit writes to a device, even if it is otherwise idle; K is 1000.",
    },
  }),
  ...sharing({ type: "ioOperationsLimit", since: 230, many: true, anchor: "IOReadIOPSMax=device IOPS" })({
    IOReadIOPSMax: {
      summary: "Caps the number of read operations per second that the unit may issue to a block device.",
    },
    IOWriteIOPSMax: {
      summary: "Caps the number of write operations per second that the unit may issue to a block device.",
    },
  }),
  IODeviceLatencyTargetSec: {
    summary: "Sets the mean I/O latency to aim for on a block device, e.g. 25ms; turns on IOAccounting= as well.",
    type: "ioDeviceLatency",
    since: 240,
    many: true,
    anchor: "IODeviceLatencyTargetSec=device target",
  },
} as const satisfies DirectiveRows;
