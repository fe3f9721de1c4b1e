import { EVIDENCE } from "./evidence.js";

export const STYLE = `:root {
  color-scheme: light dark;
  --line: light-dark(#d8dce2, #3a3f47);
  --quiet: light-dark(#5b6470, #a3abb6);
  --faint: light-dark(#f4f6f8, #1d2126);
  --page: light-dark(#ffffff, #14171a);
  --text: light-dark(#1b2027, #e8ebef);
  --link: light-dark(#0b57d0, #8ab4f8);
  --bad: light-dark(#b3261e, #ff8a80);
  --nav: 44px;
  --scalar-custom-header-height: var(--nav);
}
.dark-mode { color-scheme: dark; }
.light-mode { color-scheme: light; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
body > nav {
  position: sticky; top: 0; z-index: 10; box-sizing: border-box; height: var(--nav); padding: 0 20px;
  display: flex; gap: 20px; align-items: center; background: var(--page); border-bottom: 1px solid var(--line);
  font: 14px/1 system-ui, sans-serif;
}
body > nav a { color: var(--quiet); text-decoration: none; line-height: var(--nav); }
body > nav a:hover { color: var(--text); }
body > nav a[aria-current] { color: var(--text); box-shadow: inset 0 -2px var(--link); }
/* Scalar uses a darker shade of the badge's color for its text, which is hard to read. */
#reference .badge[style*="--badge-background-color"] { color: #1b2027; }
body > main {
  max-width: 1200px; margin: 0 auto; padding: 8px 20px 60px;
  a { color: var(--link); }
  h1 { font-size: 24px; margin: 20px 0 8px; }
  h2 { font-size: 18px; margin: 32px 0 6px; }
  p { margin: 6px 0; }
  section { overflow-x: auto; }
  code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
  table { width: 100%; border-collapse: collapse; }
  th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
  th { color: var(--quiet); font-weight: 500; font-size: 13px; }
  td ul { margin: 2px 0; padding-left: 18px; }
  .facts, .none, dt, summary { color: var(--quiet); }
  .note { padding: 10px 14px; background: var(--faint); border-left: 3px solid var(--link); }
  .operations th:nth-child(1) { width: 22%; }
  .operations th:nth-child(2) { width: 40%; }
  #requests table { font-variant-numeric: tabular-nums; }
  #requests th:nth-child(1) { width: 4em; }
  #requests th:nth-child(2) { width: 8em; }
  #requests th:nth-child(3) { width: 36%; }
  #requests th:nth-child(4) { width: 6em; }
  .status { font-weight: 600; }
  .failed .status { color: var(--bad); }
  .counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(210px, 1fr)); gap: 0 32px; margin: 6px 0; }
  .counts div { display: flex; justify-content: space-between; border-bottom: 1px solid var(--line); padding: 4px 0; }
  .counts dd { margin: 0; font-variant-numeric: tabular-nums; }
  .legend div { display: flex; gap: 10px; }
  .legend dt { width: 90px; }
  .legend dd { margin: 0; }
  .badge { padding: 1px 7px; border-radius: 9px; background: #d8dce2; color: #1b2027; font-size: 12px; white-space: nowrap; }
${Object.entries(EVIDENCE)
  .map(([evidence, { color }]) => `  .badge.${evidence} { background: ${color}; }`)
  .join("\n")}
}
`;
