import { expect, test } from 'vitest'
import { scriptTime } from './snippet/script-time.ts'
import type { Slice } from './snippet/trace.ts'

const HOST = 'http://go.acme.localhost:1'
const TAG = `${HOST}/tracker.js`
const CHUNK = `${HOST}/goldpan.vitals.1.js`

const slice = (
  name: string,
  atMs: number,
  wallMs: number,
  cpuMs: number,
  url = '',
  thread = '1:1',
): Slice => ({
  name,
  thread,
  ts: atMs * 1_000,
  wallMs,
  cpuMs,
  url,
})

test('a tracker is charged with its own code, once, and with the promises’ jobs that follow', () => {
  const slices = [
    slice('FunctionCall', 0, 1, 1, 'http://www.acme.localhost:1/'),
    slice('RunTask', 9, 20, 7),
    slice('EvaluateScript', 10, 8, 4, TAG),
    slice('v8.compile', 11, 1, 1, TAG),
    slice('FunctionCall', 12, 2, 2, TAG),
    slice('RunMicrotasks', 19, 2, 1),
    slice('FunctionCall', 30, 3, 3, TAG, '2:2'),
    slice('FunctionCall', 40, 5, 5, 'chrome://elsewhere/other.js'),
    slice('RunTask', 49, 10, 9),
    slice('v8.evaluateModule', 50, 2, 2, CHUNK),
    slice('RunMicrotasks', 53, 3, 3),
    slice('FunctionCall', 70, 2, 2, TAG),
  ]
  expect(scriptTime(slices, HOST)).toEqual({ start: 4, later: 3, chunks: 5, wall: 17, longestTask: 9 })
})

test('a load whose trace lacks the start is no measurement', () => {
  expect(() => scriptTime([slice('RunTask', 0, 1, 1)], HOST)).toThrow('start')
})
