import { readFileSync } from 'node:fs'

/** The process that has a store open. */
export interface Owner {
  readonly pid: number
  /** When it started, in the kernel's own count, where that can be told (Linux): a pid is used again. */
  readonly startedAt: string
}

/** The 22nd field of /proc/<pid>/stat (proc_pid_stat(5)); the second may hold spaces and ends with the last parenthesis. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

export const thisProcess = (): Owner => ({ pid: process.pid, startedAt: startOf(process.pid) })

/** Whether an owner's process still runs, as far as can be told: one in another container is not seen. */
export function runs({ pid, startedAt }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startedAt === '' || startOf(pid) === '' || startOf(pid) === startedAt
}
