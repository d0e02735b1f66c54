/** The report's style sheet. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2530; --quiet: #55606d; --ground: #ffffff; --line: #d8dee6; --card: #f5f7fa;
  --mark: #3b82c4; --good: #1b7f4b; --bad: #b42318; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf1; --quiet: #a3afbc; --ground: #14191f; --line: #323b46; --card: #1c232b; --good: #58c48b;
    --bad: #ff8f83; --link: #7ab8ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 1rem 0 0; padding: .75rem 0; border-block: 1px solid var(--line); font-size: .9rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 1rem 0; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; border-top: 3px solid var(--mark); padding-top: .5rem; }
.figures dt { color: var(--quiet); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 0 0 1rem; }
figure svg { display: block; width: 100%; min-width: 36rem; height: auto; }
.flow { list-style: none; margin: 0 0 1rem; padding: 0; }
.flow > li { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--mark); border-radius: 6px; padding: .6rem .9rem; }
.flow > li + li { margin-top: 1.6rem; position: relative; }
.flow > li + li::before { content: "↓"; position: absolute; top: -1.55rem; left: 1.5rem; color: var(--quiet); }
.flow ul { margin: .25rem 0 0; padding-left: 1.2rem; color: var(--quiet); font-size: .9rem; }
.wide { overflow-x: auto; margin-bottom: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
.n { text-align: right; }
.n, .s { white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); }
.bar { width: 40%; min-width: 5rem; }
.bar svg { display: block; width: 100%; height: .7rem; margin-top: .4rem; fill: var(--mark); }
summary { cursor: pointer; padding: .25rem 0; }
@media print {
  :root { --ink: #000; --quiet: #333; --ground: #fff; --card: #fff; --line: #bbb; --good: #1b7f4b; --bad: #b42318; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, .skip { display: none; }
  h2 { break-after: avoid; }
  tr, figure, .figures, .flow > li { break-inside: avoid; }
  .wide { overflow: visible; }
  figure svg { min-width: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { display: none; }
}
`;
