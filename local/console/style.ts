/** The status page's style: the reader's own fonts, light or dark as the system is. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6876; --line: #dbe1e8; --card: #fff; --page: #f4f6f9;
    --good: #1b7f4b; --bad: #b42318; --busy: #8a5a00; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e9f0; --soft: #9aa8b8; --line: #2b3644; --card: #17202b;
    --page: #0f161f; --good: #58c48b; --bad: #ff8f83; --busy: #f0b849; --link: #7ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.25rem; background: var(--page); color: var(--ink);
    font: 15px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: .25rem 0; color: var(--soft); }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
a { color: var(--link); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; margin-top: 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13px; }
th, td { padding: .28rem .75rem .28rem 0; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.sql code { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; min-width: 14rem; }
td.sql code:empty { min-width: 0; }
.good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); }
small { display: block; color: var(--bad); overflow-wrap: anywhere; }
`;
