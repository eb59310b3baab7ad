import { plainPage } from './plain-page.ts'
import type { Route } from './route.ts'

/** `GET /`: tells a person who opens the address that it is the right one. */
export const homeRoutes = (basePath: string): readonly Route[] => [
  {
    method: 'GET',
    path: '/',
    access: 'public',
    handle: () => plainPage('Goldpan collector', homeText(basePath)),
  },
]

const homeText = (basePath: string): string => `<h1>Goldpan collector is running</h1>
<p>It hears what visitors do and finds marketing qualified leads among them.</p>
<ul>
<li><a href="${basePath}/healthz">/healthz</a>: it answers</li>
<li><a href="${basePath}/readyz">/readyz</a>: it can take events</li>
<li><a href="${basePath}/goldpan.js">/goldpan.js</a>: the script for your pages</li>
</ul>
<p>The query API under <code>/v1/</code> needs a token; the README says how to make one and what to ask.</p>`
