import { type Call, unescaped } from './calls.ts'

/** What the order of system calls says. */
export interface Proof {
  /** answers of 202 that left the process, and the events they acknowledge */
  readonly answers: number
  readonly events: number
  /** times the disk was waited for */
  readonly syncs: number
  /** times the log was begun anew after a checkpoint */
  readonly checkpoints: number
  /** what came before what it must come after */
  readonly faults: readonly string[]
}

/** Sizes of https://www.sqlite.org/fileformat2.html#the_wal_file_format */
const FRAME_HEADER_BYTES = 24
/** In it: the size of the database after a commit; 0 within one. */
const COMMIT_AT = 4

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}/g
const idsIn = (text: string): readonly string[] => text.match(ID) ?? []

/**
 * Holds a trace against the promise: every event of a 202 is in a commit that was written whole to the log, and the log was
 * synced after that, and before the answer. And what a checkpoint does keeps it so: it copies only what is synced, and the
 * log is begun anew only when the copy is.
 * @param database path of its file
 */
export async function proofOf(calls: AsyncIterable<Call>, database: string): Promise<Proof> {
  const log = openLog()
  const file = { isSynced: true }
  const requests = new Map<string, string>()
  const counts = { answers: 0, events: 0, syncs: 0, checkpoints: 0 }
  const faults: string[] = []

  const onLog = (call: Call): void => {
    if (isSync(call)) {
      counts.syncs += 1
      log.sync(call)
      return
    }
    if (call.offset === 0 && log.isBegun()) {
      counts.checkpoints += 1
      if (!file.isSynced) faults.push(`${call.began}: the log is begun anew before the file is synced`)
    }
    if (isWrite(call)) log.write(call)
  }
  const onFile = (call: Call): void => {
    if (isSync(call)) file.isSynced = true
    if (!isWrite(call)) return
    if (!log.isSynced()) faults.push(`${call.began}: a checkpoint copies what the log has not synced`)
    file.isSynced = false
  }
  const onSocket = (call: Call): void => {
    if (isRead(call)) requests.set(call.path, (requests.get(call.path) ?? '') + call.data)
    const status = statusIn(call)
    if (status === null) return
    // an event may name another
    const ids = [...new Set(idsIn(requests.get(call.path) ?? ''))]
    requests.delete(call.path)
    if (status !== '202') return
    counts.answers += 1
    counts.events += ids.length
    const early = ids.find(id => !log.isDurable(id, call.began))
    if (early !== undefined) faults.push(`${call.began}: 202 for ${early}, ${log.stateOf(early)}`)
  }
  for await (const call of calls) {
    if (call.path === `${database}-wal`) onLog(call)
    else if (call.path === database) onFile(call)
    else if (call.path.startsWith('socket:')) onSocket(call)
  }
  return { ...counts, faults }
}

/** Of an answer that begins with this call; null: another call. */
const statusIn = (call: Call): string | null =>
  (isWrite(call) && /"HTTP\/1\.1 (\d{3})/.exec(call.data)?.[1]) || null

const isSync = ({ name }: Call): boolean => name === 'fsync' || name === 'fdatasync'
const isRead = ({ name }: Call): boolean => /^(?:read|readv|recvfrom)$/.test(name)
const isWrite = ({ name }: Call): boolean => /^(?:p?writev?(?:64)?|sendto|sendmsg)$/.test(name)

/** What the log holds: of a commit under way, of whole commits, and of those that are on the disk, since when. */
function openLog() {
  const underWay = new Set<string>()
  const committed = new Set<string>()
  const durable = new Map<string, number>()
  let isCommit = false
  let isClean = true
  let isBegun = false
  return {
    isBegun: () => isBegun,
    isSynced: () => isClean,
    write: (call: Call) => {
      isBegun = true
      isClean = false
      if (call.bytes === FRAME_HEADER_BYTES) {
        isCommit = unescaped(call.data).readUInt32BE(COMMIT_AT) !== 0
        return
      }
      for (const id of idsIn(call.data)) underWay.add(id)
      if (!isCommit) return
      for (const id of underWay) committed.add(id)
      underWay.clear()
      isCommit = false
    },
    sync: ({ ended }: Call) => {
      isClean = true
      for (const id of committed) if (!durable.has(id)) durable.set(id, ended)
      committed.clear()
    },
    isDurable: (id: string, before: number) => (durable.get(id) ?? Number.POSITIVE_INFINITY) < before,
    stateOf: (id: string) => {
      if (committed.has(id)) return 'written to the log, which is not synced'
      return underWay.has(id) ? 'of which no commit is in the log' : 'which is nowhere in the log'
    },
  }
}
