import { createHash } from 'node:crypto'
import { page } from './respond.ts'
import type { Route } from './route.ts'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}'

const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`

/** `GET /`: tells a person who opens the address that it is the right one. */
export const homeRoutes = (basePath: string): readonly Route[] => [
  { method: 'GET', path: '/', access: 'public', handle: () => page(homePage(basePath), STYLE_HASH) },
]

const homePage = (basePath: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Goldpan collector</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Goldpan collector is running</h1>
<p>It hears what visitors do and finds marketing qualified leads among them.</p>
<ul>
<li><a href="${basePath}/healthz">/healthz</a>: it answers</li>
<li><a href="${basePath}/readyz">/readyz</a>: it can take events</li>
<li><a href="${basePath}/goldpan.js">/goldpan.js</a>: the script for your pages</li>
</ul>
<p>The query API under <code>/v1/</code> needs a token; the README says how to make one and what to ask.</p>
</main>
</body>
</html>
`
