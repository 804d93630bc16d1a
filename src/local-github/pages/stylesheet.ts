/** The whole look: one column, one accent, light and dark by the reader's own setting. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14171c);
  --wash: light-dark(#f4f5f7, #1c2027);
  --ink: light-dark(#1d2530, #e3e7ec);
  --soft: light-dark(#5a6675, #98a3b1);
  --line: light-dark(#d9dee5, #303742);
  --accent: light-dark(#1a5fb4, #7cb3f5);
  --good: light-dark(#1b7a3d, #56c27a);
  --bad: light-dark(#b3261e, #f2857d);
  --wait: light-dark(#8a5a00, #e2b04c);
  --merged: light-dark(#6d3fb5, #b796ef);
  --plus: light-dark(#e3f5e8, #16331f);
  --minus: light-dark(#fbe7e5, #3b1c1a);
  --hunk: light-dark(#eaf1fb, #1c2a3d);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, "DejaVu Sans", sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre, textarea.code, .sha { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
h1 { font-size: 1.5rem; font-weight: 600; line-height: 1.3; margin: 0 0 .4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 1.8rem 0 .6rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 1rem 0 .4rem; }
.wide { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
.top { background: var(--wash); border-bottom: 1px solid var(--line); }
.top .wide { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.2rem; padding-block: .6rem; }
.top .brand { font-weight: 700; color: var(--ink); }
.top .who { margin-left: auto; display: flex; align-items: center; gap: .6rem; }
.top form { margin: 0; }
.tabs { display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; border-bottom: 1px solid var(--line); margin: .6rem 0 1.4rem; }
.tabs a { color: var(--ink); padding: .45rem 0; border-bottom: 2px solid transparent; }
.tabs a[aria-current] { border-color: var(--accent); font-weight: 600; }
.tabs .count, .count { background: var(--wash); border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5em; font-size: .8em; }
main.wide { padding-block: 1.3rem 3rem; min-height: 60vh; }
.trail { margin: 0; font-size: 1.15rem; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.small { font-size: .87rem; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .9rem; }
.row a[aria-current] { color: var(--ink); font-weight: 600; }
.push { margin-left: auto; }
.box { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 1rem; overflow: clip; }
.box > header { background: var(--wash); border-bottom: 1px solid var(--line); padding: .5rem .9rem; display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: center; }
.box > .inner { padding: .8rem .9rem; }
ul.list { list-style: none; margin: 0; padding: 0; }
ul.list > li { padding: .55rem .9rem; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; }
ul.list > li:first-child { border-top: 0; }
ul.list .grow, .box > header .grow { flex: 1 1 16rem; min-width: 0; overflow-wrap: anywhere; }
.avatar { display: inline-grid; place-items: center; width: 1.6em; height: 1.6em; border-radius: 50%; font-size: .8rem; font-weight: 700; color: #fff; background: #55606e; vertical-align: middle; }
.a0 { background: #3b6ea5; } .a1 { background: #7a5195; } .a2 { background: #a2541f; } .a3 { background: #2f7d5b; }
.a4 { background: #9b3d57; } .a5 { background: #56772b; } .a6 { background: #32758a; } .a7 { background: #6a5d4d; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .6em; font-size: .82rem; }
.state { display: inline-block; border-radius: 1rem; padding: .1rem .8rem; font-size: .87rem; font-weight: 600; color: var(--paper); background: var(--soft); }
.state.open { background: var(--good); } .state.closed { background: var(--bad); } .state.done, .state.merged { background: var(--merged); }
.mark { display: inline-grid; place-items: center; width: 1.4em; height: 1.4em; border-radius: 50%; font-size: .8rem; font-weight: 700; border: 1.5px solid currentColor; color: var(--soft); flex: none; }
.mark.success { color: var(--good); } .mark.failure, .mark.timed_out { color: var(--bad); } .mark.action_required, .mark.in_progress, .mark.queued, .mark.waiting { color: var(--wait); }
.note { border: 1px solid var(--good); border-left-width: 5px; border-radius: 6px; padding: .6rem .9rem; margin: 0 0 1rem; white-space: pre-line; }
.note.problem, .annotation.failure { border-color: var(--bad); }
.note.plain { border-color: var(--line); }
.annotation { border: 1px solid var(--line); border-left-width: 5px; border-radius: 6px; padding: .5rem .8rem; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.annotation.warning { border-color: var(--wait); }
form.plain { display: inline; margin: 0; }
label { display: block; font-weight: 600; margin: .7rem 0 .25rem; }
label.inline { font-weight: 400; display: inline-flex; gap: .4rem; align-items: center; margin: .2rem 1rem .2rem 0; }
input[type=text], select, textarea { width: 100%; padding: .45rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; }
textarea { min-height: 7rem; resize: vertical; }
textarea.code { min-height: 20rem; white-space: pre; overflow-x: auto; }
input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
button, .button { font: inherit; font-size: .92rem; padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--wash); color: var(--ink); cursor: pointer; display: inline-block; }
button:hover, .button:hover { border-color: var(--soft); text-decoration: none; }
button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; }
button.good { background: var(--good); border-color: var(--good); color: var(--paper); font-weight: 600; }
button.bad { color: var(--bad); }
button[disabled] { opacity: .55; cursor: not-allowed; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; margin: .9rem 0 0; align-items: center; }
.small button { font-size: .87rem; padding: .1rem .6rem; }
.box > .inner > p:first-child { margin-top: 0; }
details > summary { cursor: pointer; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .6rem; padding: 0; }
.people button { width: 100%; text-align: left; padding: .6rem .8rem; }
.markdown { overflow-wrap: anywhere; }
.markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown pre, pre.text { background: var(--wash); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
.markdown code { background: var(--wash); border-radius: 4px; padding: .1em .3em; }
.markdown pre code { background: none; padding: 0; }
.markdown blockquote { margin-inline: 0; padding-left: 1rem; border-left: 4px solid var(--line); color: var(--soft); }
.markdown img { max-width: 100%; }
.markdown table, table.plain { border-collapse: collapse; display: block; overflow-x: auto; }
.markdown td, .markdown th, table.plain td, table.plain th { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
.lines { width: 100%; border-collapse: collapse; font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.lines td { padding: 0 .6rem; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; }
.lines td.number { width: 1%; min-width: 2.6rem; text-align: right; color: var(--soft); user-select: none; white-space: nowrap; border-right: 1px solid var(--line); }
.lines tr.plus { background: var(--plus); } .lines tr.minus { background: var(--minus); } .lines tr.hunk { background: var(--hunk); color: var(--soft); }
.lines .annotation { font: 14px/1.5 system-ui, "DejaVu Sans", sans-serif; }
.added { color: var(--good); } .removed { color: var(--bad); }
footer.end { border-top: 1px solid var(--line); padding-inline: 1rem; color: var(--soft); font-size: .87rem; padding-block: 1rem; }
@media (max-width: 40rem) { body { font-size: 16px; } .lines td { padding-inline: .3rem; } .lines td.number { min-width: 0; } .push { margin-left: 0; } }
`;
