import { readFileSync } from 'node:fs'

/** What a process takes. Of others Linux tells in files (proc(5)): NaN where the system, or the process, is not there. */

/** Bytes of memory it holds. */
export const rssBytesOf = (pid: number | undefined): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(procText(pid, 'status'))?.[1] ?? Number.NaN) * 1_024

/** sysconf(_SC_CLK_TCK), 100 wherever Node runs. */
const TICKS_PER_SECOND = 100

/**
 * CPU seconds it has used so far, of all its threads, system time included.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 14 and 15; the second, a name in brackets, may hold spaces.
 */
export function cpuSecondsOf(pid: number | undefined): number {
  const fields = procText(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/**
 * Seconds so far in which its first thread was ready to run, and others had the core.
 * https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat: the second field, nanoseconds.
 */
export const heldUpSecondsOf = (pid: number | undefined): number =>
  Number(procText(pid, 'schedstat').split(' ')[1] ?? Number.NaN) / 1e9

/** How many files it may have open. */
export const fileLimitOf = (pid: number): number =>
  Number(/^Max open files\s+(\d+)/m.exec(procText(pid, 'limits'))?.[1] ?? Number.NaN)

/** @returns what tells how much of a core this process has taken since: near 1 while it sends, it is the sender that is measured */
export function ownShareSoFar(): () => number {
  const [began, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000 / (performance.now() - began)
  }
}

function procText(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
