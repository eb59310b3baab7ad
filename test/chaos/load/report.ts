/** What a trial found. A promise that was broken fails it, and does not keep the rest from being tried. */
export interface Report {
  /** A line of figures. */
  say(line: string): void
  /** @param found the figures it is judged by */
  promise(promise: string, isKept: boolean, found: string): void
  /** A promise that this run is too small to judge. @param why with the figures there are */
  withhold(promise: string, why: string): void
  /** Tells how many promises held, and fails the process when one did not. */
  end(): void
}

export function openReport(print: (line: string) => void = console.log): Report {
  let [kept, withheld] = [0, 0]
  const broken: string[] = []
  return {
    say: print,
    promise: (promise, isKept, found) => {
      if (isKept) kept += 1
      else broken.push(promise)
      print(`${isKept ? '✓' : '✗'} ${promise}: ${found}`)
    },
    withhold: (promise, why) => {
      withheld += 1
      print(`– ${promise}: not judged, ${why}`)
    },
    end: () => {
      const besides = withheld > 0 ? `, ${withheld} not judged` : ''
      print(`${kept} of ${kept + broken.length} promises kept${besides}`)
      if (broken.length > 0) process.exitCode = 1
    },
  }
}
