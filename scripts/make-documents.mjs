import { readdir, stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { Failure, main } from './lib/failure.mjs'
import { findChromium } from './lib/find-chromium.mjs'
import { fromRoot } from './lib/paths.mjs'

/** Prints demo-site/documents/*.html to demo-site/assets/*.pdf. Run by hand when a document changes; the PDFs are committed. */
await main(async () => {
  const executablePath = await findChromium()
  if (executablePath === null)
    throw new Failure('Documents are printed by Chromium, and none was found. Set CHROMIUM_PATH.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const names = (await readdir(fromRoot('demo-site/documents'))).filter(name => name.endsWith('.html'))
    for (const name of names) {
      const path = fromRoot('demo-site/assets', name.replace(/html$/, 'pdf'))
      await page.goto(pathToFileURL(fromRoot('demo-site/documents', name)).href)
      await page.pdf({ path, preferCSSPageSize: true, printBackground: true, tagged: true })
      console.log(
        `${(await stat(path)).size.toLocaleString('en').padStart(9)}  ${name.replace(/html$/, 'pdf')}`,
      )
    }
  } finally {
    await browser.close()
  }
})
