import assert from "node:assert/strict";
import { type HostedView, hostedViewOf } from "../../../server/src/features/hosted/hostedView.ts";
import { fixHosted } from "../../../server/src/hosts/hostedFindings.ts";
import { hardenHosted } from "../../../server/src/hosts/hostedHardening.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { mutate } from "../../../test/kit/mutate.ts";
import { hostFile } from "../../../test/kit/mutatedFile.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzTarget } from "../target.ts";

/** A file of another language and its texts after each of some edits. */
type Edited = { readonly path: string; readonly texts: readonly string[] };

const VERSION = 262;

/** Of any file with units in it: places lie in its text, fixes and hardening come to rest, and after edits the same is shown as of a new text. */
export const hosts = fuzzTarget<Edited>({
  name: "hosts",
  input: madeBy((random) => {
    const { path, text } = hostFile(random);
    const texts = [mutate(random, text, random.below(4))];
    for (let i = random.below(4); i > 0; i--) texts.push(mutate(random, texts.at(-1) ?? "", 1));
    return { path, texts };
  }),
  run({ path, texts }) {
    const host = hostLanguage(path);
    if (!host) return;
    const wishes = { profile: "strict", rules: {}, each: false } as const;
    let view: HostedView | undefined;
    for (const [i, text] of texts.entries()) {
      view = hostedViewOf(host, text, VERSION, wishes, view);
      assert.deepEqual(
        shown(view),
        shown(hostedViewOf(host, text, VERSION, wishes)),
        `text ${i} is shown in another way`,
      );
      for (const { place } of view.found)
        assert.ok(0 <= place.start && place.start <= place.end && place.end <= text.length, "a finding lies outside");
    }
    const last = texts.at(-1) ?? "";
    if (!host.judged) return;
    for (const which of ["safe", "all"] as const) {
      const fixed = (text: string): string =>
        fixHosted(host, host.units(text), VERSION, { profile: "off" }, which).text;
      const once = fixed(last);
      assert.equal(fixed(once), once, `${which} fixes never end`);
    }
    const harden = (text: string) => hardenHosted(host, text, VERSION, { profile: "basic", sure: "safe" });
    const hardened = harden(last).at(-1)?.text ?? last;
    const again = harden(hardened).flatMap((it) => it.settings.map(({ line }) => line));
    assert.deepEqual(again, [], "a second run adds more");
  },
});

function shown(view: HostedView): object {
  return {
    found: view.found.map(({ finding: { code, message }, place }) => [code, message, place]),
    units: view.units.map((it) => [it.hosted.path, it.written.text]),
  };
}
