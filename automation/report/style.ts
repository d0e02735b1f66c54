/** The report's style sheet. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2530; --quiet: #55606d; --ground: #ffffff; --line: #d8dee6; --mark: #3b82c4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf1; --quiet: #a3afbc; --ground: #14191f; --line: #323b46; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 56rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; border-top: 3px solid var(--mark); padding-top: .5rem; }
.figures dt { color: var(--quiet); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 0 0 1rem; }
figure svg { display: block; width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
.n { text-align: right; white-space: nowrap; }
.bar { width: 40%; }
.bar span { display: block; height: .7rem; margin-top: .4rem; background: var(--mark); min-width: 1px; }
summary { cursor: pointer; padding: .25rem 0; }
@media print {
  :root { --ink: #000; --quiet: #333; --ground: #fff; --line: #bbb; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  section { break-inside: avoid; }
  details:not([open]) { display: none; }
}
`;
