import { createHash } from 'node:crypto'
import { page } from './respond.ts'

/** Gold on white, or on nearly black; readable at 360 px and from right to left. */
const STYLE = `
:root{color-scheme:light dark;--ink:#1c1a17;--soft:#5f5a51;--paper:#faf8f3;--card:#fff;--line:#e4dfd3;--gold:#8a6400}
@media (prefers-color-scheme:dark){
:root{--ink:#f2eee6;--soft:#b3ac9f;--paper:#161412;--card:#201d1a;--line:#37322b;--gold:#e8b949}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,sans-serif}
main{max-width:38rem;margin:clamp(1rem,10vh,7rem) auto;padding:1.25rem clamp(1.25rem,5vw,2.5rem) 1.75rem;background:var(--card);
border:1px solid var(--line);border-top:4px solid var(--gold);border-radius:10px}
h1{font-size:clamp(1.35rem,5vw,1.8rem);line-height:1.25;margin:.6rem 0 1rem;text-wrap:balance}
a{color:var(--gold)}
p,li{overflow-wrap:anywhere}
form{display:inline-block;margin:0 .5rem .5rem 0}
button{font:inherit;padding:.55rem 1rem;border-radius:7px;border:1px solid var(--line);background:transparent;color:var(--soft);cursor:pointer}
button.main{background:var(--gold);border-color:var(--gold);color:var(--card);font-weight:600}
:focus-visible{outline:3px solid var(--gold);outline-offset:2px}`

const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`

/** A little page for a person who opened an address of the collector. `main` is HTML, and holds nothing that was sent. */
export const plainPage = (title: string, main: string, status = 200): Response =>
  page(
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`,
    STYLE_HASH,
    { status },
  )
