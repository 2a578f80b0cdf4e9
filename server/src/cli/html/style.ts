/** The look of the page: light and dark as the reader's system is, and readable on paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2430; --quiet: #5c6470; --line: #d8dce2; --back: #fff;
  --bad: #c62828; --middling: #8a6100; --good: #2e7d32; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e6eb; --quiet: #a0a7b4; --line: #3a404c; --back: #1b1f27;
  --bad: #ff7b72; --middling: #e3b341; --good: #7ee787; --link: #8ab4f8; } }
body { max-width: 76rem; margin: 0 auto; padding: 1.5rem 2rem 4rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
h1 { font-size: 1.5rem; } h2 { margin: 0; font-size: 1.2rem; overflow-wrap: anywhere; } h3 { margin: 1.2rem 0 .3rem; font-size: 1rem; }
code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
.bad { --tone: var(--bad); } .middling { --tone: var(--middling); } .good { --tone: var(--good); }
table { width: 100%; border-collapse: collapse; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: 1rem 0; } dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.lead { font-size: 1.1rem; } h1 + dl { margin-top: 0; } main > h2 { margin-top: 2rem; }
.levels { width: auto; } .levels td { border: none; padding-block: .1rem; vertical-align: middle; } .wide .track { width: 16rem; margin: 0; }
pre { padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 4px; overflow-x: auto; user-select: all; font: .87em/1.45 ui-monospace, monospace; }
.unit { padding: .3rem 0; border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2rem; } .unit summary { margin: 0; overflow-wrap: anywhere; }
.services { table-layout: fixed; } .services th.cost { width: 5rem; } .services th.bar { width: 6rem; } .services th.level { width: 7rem; } .services th.after { width: 11rem; } .services th.unit { width: 24%; } .folder { overflow-wrap: anywhere; }
th { color: var(--quiet); font-weight: 400; text-align: left; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, td.number, th.cost, td.cost { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.unit, td.check { overflow-wrap: anywhere; }
.tone { color: var(--tone); } .quiet, .sentence { color: var(--quiet); }
.track { width: 5rem; height: 6px; margin-top: .55rem; border-radius: 3px; background: var(--line); }
.fill { height: 100%; border-radius: 3px; background: var(--tone); }
.score { display: flex; gap: 1.2rem; align-items: center; }
.score .level { color: var(--tone); }
.score .number { color: var(--tone); font-size: 3rem; font-weight: 300; line-height: 1; font-variant-numeric: tabular-nums; }
.notes p { margin: .2rem 0; }
.report { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 2px solid var(--line); }
main > .report:first-child { margin-top: 0; padding-top: 0; border-top: none; }
ul { margin: .3rem 0; padding: 0; list-style: none; } li { padding: .35rem 0; border-bottom: 1px solid var(--line); }
.tag { padding: 0 .35rem; border: 1px solid var(--quiet); border-radius: 3px; color: var(--quiet); font-size: .85em; }
.offer { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; } .gain, .more { color: var(--quiet); } .services td.level, .after .number { color: var(--tone); }
td.mark { width: 1.2rem; color: var(--tone); text-align: center; } .against, .caution { margin: .15rem 0; } .against { color: var(--middling); }
h3 + p, p + p { margin: .2rem 0; } summary { margin-top: 1.2rem; font-weight: 600; cursor: pointer; }
footer { margin-top: 3rem; color: var(--quiet); }
@media (width < 40rem) { body { padding: 1rem .75rem 3rem; } .folder, .bar { display: none; } }
@media print { body { max-width: none; padding: 0; } .report { break-inside: avoid-page; } }
`;
