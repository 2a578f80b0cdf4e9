import component from "../../../data/configs/component.json" with { type: "json" };
import coredump from "../../../data/configs/coredump.json" with { type: "json" };
import dnsDelegate from "../../../data/configs/dnsDelegate.json" with { type: "json" };
import dnssd from "../../../data/configs/dnssd.json" with { type: "json" };
import feature from "../../../data/configs/feature.json" with { type: "json" };
import homed from "../../../data/configs/homed.json" with { type: "json" };
import iocost from "../../../data/configs/iocost.json" with { type: "json" };
import journald from "../../../data/configs/journald.json" with { type: "json" };
import journalRemote from "../../../data/configs/journalRemote.json" with { type: "json" };
import journalUpload from "../../../data/configs/journalUpload.json" with { type: "json" };
import link from "../../../data/configs/link.json" with { type: "json" };
import logind from "../../../data/configs/logind.json" with { type: "json" };
import manager from "../../../data/configs/manager.json" with { type: "json" };
import netdev from "../../../data/configs/netdev.json" with { type: "json" };
import network from "../../../data/configs/network.json" with { type: "json" };
import networkd from "../../../data/configs/networkd.json" with { type: "json" };
import nspawn from "../../../data/configs/nspawn.json" with { type: "json" };
import oomd from "../../../data/configs/oomd.json" with { type: "json" };
import oomrule from "../../../data/configs/oomrule.json" with { type: "json" };
import pstore from "../../../data/configs/pstore.json" with { type: "json" };
import repart from "../../../data/configs/repart.json" with { type: "json" };
import resolved from "../../../data/configs/resolved.json" with { type: "json" };
import sleep from "../../../data/configs/sleep.json" with { type: "json" };
import timesyncd from "../../../data/configs/timesyncd.json" with { type: "json" };
import transfer from "../../../data/configs/transfer.json" with { type: "json" };
import type { ConfigKind } from "../facts/configKinds.ts";
import type { PerVersion } from "../facts/version.ts";
import type { DirectiveRow } from "./row.ts";

/** The type of a value, or that of each version. */
type RowType = string | PerVersion<string>;

/** What a table says of a setting, in the words of the catalog; JSON has no literal types. */
export interface ConfigRow extends Pick<DirectiveRow, "summary" | "since" | "until" | "anchor"> {
  readonly type: RowType;
  readonly undocumented?: boolean;
}

/** The settings of a kind of file by their sections, both in the order in which systemd's parser tables have them. */
interface ConfigTable {
  readonly sections: Readonly<Record<string, Readonly<Record<string, ConfigRow>>>>;
}

/** The tables of all kinds; each is read when it is first asked for its sections. */
export const CONFIG_TABLES: Readonly<Record<ConfigKind, ConfigTable>> = {
  network,
  netdev,
  link,
  nspawn,
  dnssd,
  "dns-delegate": dnsDelegate,
  oomrule,
  transfer,
  feature,
  component,
  repart,
  "system.conf": manager,
  "user.conf": manager,
  "journald.conf": journald,
  "logind.conf": logind,
  "resolved.conf": resolved,
  "timesyncd.conf": timesyncd,
  "networkd.conf": networkd,
  "sleep.conf": sleep,
  "coredump.conf": coredump,
  "oomd.conf": oomd,
  "homed.conf": homed,
  "pstore.conf": pstore,
  "iocost.conf": iocost,
  "journal-remote.conf": journalRemote,
  "journal-upload.conf": journalUpload,
};
