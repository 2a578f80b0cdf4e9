import type { Issue, Piece } from "../../grammar.ts";
import { about } from "../../wording.ts";

/** A path below /var/run is read as one below /run, with a warning. Follows patch_var_run(), systemd 257 to 262. */
export function legacyRun(piece: Piece): Issue | undefined {
  const [legacy] = /^\/(?:\.?\/)*var\/(?:\.?\/)*run(?=\/|$)/.exec(piece.text) ?? [];
  if (legacy === undefined) return undefined;
  const { from } = piece;
  const to = piece.exact ? from + legacy.length : piece.to;
  return {
    from,
    to,
    code: "value/var-run",
    ...about(piece, "is below /var/run, the old name of /run"),
    ...(piece.exact ? { fixes: [{ title: "Change to /run", from, to, text: "/run", safe: true }] } : {}),
  };
}
