import { createHash } from 'node:crypto'
import { page } from './respond.ts'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem;color-scheme:light dark}'

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
