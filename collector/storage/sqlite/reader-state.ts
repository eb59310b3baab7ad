/**
 * What a reader's thread and the one that asks it share beside messages, which wait behind each other: whether it may begin
 * (0), and whether it is at work (1).
 */
export type ReaderState = Int32Array

const MAY = 0
const WORK = 1
const GO = 0
const HOLD = 1
const CLOSE = 2

export const newReaderState = (): ReaderState => new Int32Array(new SharedArrayBuffer(8))

/** From now on it begins no question, until it is let go. */
export const holdReader = (state: ReaderState): void => say(state, HOLD)
export const letReaderGo = (state: ReaderState): void => say(state, GO)
/** From now on it refuses what has not begun. */
export const closeReader = (state: ReaderState): void => say(state, CLOSE)
/** Whether it is reading. Once it is held and is not, it will not before it is let go. */
export const isAtWork = (state: ReaderState): boolean => Atomics.load(state, WORK) === 1

function say(state: ReaderState, word: number): void {
  Atomics.store(state, MAY, word)
  Atomics.notify(state, MAY)
}

/** In the reader's thread, which stands still while it is held. @returns whether to begin; false: it closes */
export function mayBegin(state: ReaderState): boolean {
  for (;;) {
    // said before it is asked: whoever holds it sees it at work, or it sees that it is held
    Atomics.store(state, WORK, 1)
    const word = Atomics.load(state, MAY)
    if (word === GO) return true
    Atomics.store(state, WORK, 0)
    if (word === CLOSE) return false
    Atomics.wait(state, MAY, HOLD)
  }
}

/** It is done with what it began, or it is no more. */
export const isDone = (state: ReaderState): void => {
  Atomics.store(state, WORK, 0)
}
