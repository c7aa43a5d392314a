import { readFileSync } from 'node:fs'

/** The process that has a store open. */
export interface Owner {
  readonly pid: number
  /** When it started, in the kernel's own count, where that can be told (Linux): a pid is used again. */
  readonly startedAt: string
}

/**
 * The 3rd and the 22nd field of /proc/<pid>/stat (proc_pid_stat(5)), empty where they cannot be told; the second field may hold spaces
 * and ends with the last parenthesis.
 */
function kernelOf(pid: number): { readonly state: string; readonly startedAt: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', ...more] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, startedAt: more[18] ?? '' }
  } catch {
    return { state: '', startedAt: '' }
  }
}

export const thisProcess = (): Owner => ({ pid: process.pid, startedAt: kernelOf(process.pid).startedAt })

/** Whether an owner's process still runs, as far as can be told: one in another container is not seen. */
export function runs({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = kernelOf(pid)
  // One that was killed has a pid until its parent asks what became of it, which some never do. It has no file open.
  if (now.state === 'Z') return false
  return startedAt === '' || now.startedAt === '' || now.startedAt === startedAt
}
