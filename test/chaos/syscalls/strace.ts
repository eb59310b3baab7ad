import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

const STRACE = 'strace'

/** Every call that reads a request, writes an answer or the database, or waits for the disk. */
const TRACED = 'read,readv,recvfrom,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync,ftruncate'
/** More than what one read of a socket gives (64 KB), or a page. */
const SHOWN_BYTES = 70_000

/** Put before a program: traces all its threads into a file. The tracer stands aside, so that signals reach the program. */
export const tracedInto = (file: string): readonly string[] => [
  ...[STRACE, '-D', '-f', '-y', '-s', String(SHOWN_BYTES)],
  ...['-e', 'signal=none', '-e', `trace=${TRACED}`, '-o', file],
]

/** Why system calls cannot be traced here, with how to mend it; null: they can. */
export async function whyNoStrace(): Promise<string | null> {
  if (spawnSync(STRACE, ['-V']).error)
    return 'There is no strace. Install it: `apt-get install strace`, `dnf install strace` (Linux alone has it).'
  const probe = spawn(STRACE, ['-D', '-f', '-o', '/dev/null', 'true'], { stdio: 'ignore' })
  const [code] = await once(probe, 'exit')
  return code === 0
    ? null
    : 'strace may not trace here. Allow it: `--cap-add SYS_PTRACE` for a container, `sysctl kernel.yama.ptrace_scope=1`.'
}

/** Resolves when the tracer has written down how the program ended. */
export async function traceIsWhole(file: string, pid: number): Promise<void> {
  const end = new RegExp(`^${pid} +\\+\\+\\+ `, 'm')
  while (!end.test(readFileSync(file, 'latin1').slice(-2_000))) await pause(20)
}
