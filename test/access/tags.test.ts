import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readRelease } from '../../collector/access/snippet-release.ts'
import { tagsOf } from '../../collector/access/tags.ts'
import { tempDir } from '../support/temp-dir.ts'

const SITE = { publicKey: 'pk_live_x', consent: 'granted', params: [] } as const
const URL = 'https://go.example.com'
const RELEASE = { file: 'goldpan.1a2b3c4d.js', integrity: `sha384-${'A'.repeat(64)}`, chunks: [] }

it('the moving tag is the short one', () => {
  expect(tagsOf(SITE, URL, null)).toEqual({
    moving: '<script async src="https://go.example.com/goldpan.js" data-site="pk_live_x"></script>',
    pinned: null,
  })
})

it('the pinned tag names one file and its hash', () => {
  expect(tagsOf(SITE, URL, RELEASE).pinned).toBe(
    `<script async src="https://go.example.com/goldpan.1a2b3c4d.js" integrity="${RELEASE.integrity}" crossorigin="anonymous" data-site="pk_live_x"></script>`,
  )
})

it('both carry the settings of the site, escaped', () => {
  const { moving, pinned } = tagsOf(
    { ...SITE, consent: 'required', params: ['plan', 'ref'] },
    'https://a.example/"><b>&',
    RELEASE,
  )
  for (const tag of [moving, pinned]) {
    expect(tag).toContain(' data-consent="required" data-params="plan ref">')
    expect(tag).toContain('https://a.example/&quot;>&lt;b>&amp;/goldpan.')
  }
})

it.each([
  ['nothing', undefined],
  ['another shape', { file: '../secret', integrity: RELEASE.integrity, chunks: [] }],
])('%s is no release', (_, manifest) => {
  const folder = tempDir()
  if (manifest) writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  expect(readRelease(folder)).toBeNull()
})

it('the build’s manifest is one', () => {
  const folder = tempDir()
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(RELEASE))
  expect(readRelease(folder)).toEqual(RELEASE)
})
