import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { closedGroups, exposureHead, openGroups } from "../../server/src/features/exposureBlocks.ts";
import { exposureReport } from "../../server/src/features/report.ts";
import { reportDocument } from "../../server/src/reports/markdown.ts";
import { plainProse } from "../../server/src/reports/markup.ts";
import { type Item, READERS, type ReportBlock } from "../../server/src/reports/model.ts";
import { blockTags } from "../../server/src/reports/reportTags.ts";
import { type Child, htmlOf, isList } from "../../server/src/reports/tag.ts";
import { shownText } from "../kit/markdown.ts";
import { open } from "../kit/view.ts";

const HOSTILE = "[a](b)<b>*c*";
const { unit } = open(`[Service]\nExecStart=/usr/bin/shop\nUser=${HOSTILE}\nProtectClock=yes\n`).view;
const REPORT = exposureReport(unit);
const blocksFor = (t = READERS.t): readonly ReportBlock[] => {
  const to = { ...READERS, t };
  return [...exposureHead(REPORT, "x", to).blocks, ...openGroups(REPORT, "Missing", to), ...closedGroups(REPORT, to)];
};

/** All that a reader is to see of a block. */
const textsIn = (block: ReportBlock): readonly string[] => {
  const ofItem = ({ title, offer, remarks = [] }: Item): string[] => [
    ...(title ? [title.text] : []),
    ...(offer?.lines ?? []),
    ...remarks.map((it) => it.text),
  ];
  switch (block.kind) {
    case "notes":
      return block.lines;
    case "remarks":
      return block.remarks.map((it) => it.text);
    case "steps":
      return block.steps.map((it) => it.title);
    case "items":
    case "checks":
      return block.items.flatMap(ofItem);
    case "group":
      return [block.title, ...block.blocks.flatMap(textsIn)];
  }
};

const textOf = (child: Child): string => {
  if (child === undefined || typeof child === "string") return child ?? "";
  return (isList(child) ? child : child.children).map(textOf).join(" ");
};

describe("reports", () => {
  it("have the same texts in each medium", () => {
    const texts = blocksFor().flatMap(textsIn);
    assert.ok(texts.length > 100);
    const page = textOf(blocksFor().map((it) => blockTags(it, { level: 2, isInteractive: false })));
    const document = shownText(reportDocument(plainProse("x"), blocksFor()));
    for (const it of texts) {
      assert.ok(page.includes(it), it);
      assert.ok(document.includes(it.replaceAll(/\s+/g, "")), it);
    }
  });

  it("escape what is text in HTML", () => {
    const [first] = blocksFor().map((it) => htmlOf(blockTags(it, { level: 2, isInteractive: true })));
    assert.match(first ?? "", /^<section class="group safe" aria-labelledby="head-safe"><h3 id="head-safe">/);
    assert.equal(htmlOf(["<", undefined, '"']), "&#60;\n\n&#34;");
  });

  it("speak the language of their reader", () => {
    const titles = blocksFor((message) => message.toUpperCase()).flatMap((it) => (it.kind === "group" ? it.title : []));
    assert.deepEqual(titles.slice(1, 3), ["NEEDS A DECISION", "NO FIX HERE"]);
  });
});
