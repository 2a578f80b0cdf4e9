import journald from "../../../../data/configs/journald.json" with { type: "json" };
import journalRemote from "../../../../data/configs/journalRemote.json" with { type: "json" };
import journalUpload from "../../../../data/configs/journalUpload.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { daemonTypes } from "./daemonTypes.ts";

/** The configuration of systemd-journald, and of one for a namespace: journald@NAMESPACE.conf. */
export const JOURNALD_CONF = configFamily(() => ({
  kind: "journald.conf",
  table: journald,
  types: daemonTypes,
  usual: {
    Journal:
      "Storage SystemMaxUse SystemKeepFree SystemMaxFileSize RuntimeMaxUse MaxRetentionSec MaxFileSec Compress Seal RateLimitIntervalSec RateLimitBurst ForwardToSyslog MaxLevelStore SyncIntervalSec SplitMode",
  },
  page: "journald.conf",
  reader: "systemd-journald",
  folders: confFolders("systemd"),
  proof: ["Journal"],
  rules: ["daemon"],
  sections: {
    Journal: "Decides where the journal is kept, how much of it, and who else gets the messages.",
  },
}));

/** The configuration of systemd-journal-remote. */
export const JOURNAL_REMOTE_CONF = configFamily(() => ({
  kind: "journal-remote.conf",
  table: journalRemote,
  types: daemonTypes,
  page: "journal-remote.conf",
  reader: "systemd-journal-remote",
  folders: confFolders("systemd"),
  proof: ["Remote"],
  rules: ["daemon"],
  sections: {
    Remote: "Decides where received journals are kept, and who may send them.",
  },
}));

/** The configuration of systemd-journal-upload. */
export const JOURNAL_UPLOAD_CONF = configFamily(() => ({
  kind: "journal-upload.conf",
  table: journalUpload,
  types: daemonTypes,
  page: "journal-upload.conf",
  reader: "systemd-journal-upload",
  folders: confFolders("systemd"),
  proof: ["Upload"],
  rules: ["daemon"],
  sections: {
    Upload: "Decides where the journal is sent, and how both sides show who they are.",
  },
}));
