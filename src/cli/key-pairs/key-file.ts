import type { FileHandle } from 'node:fs/promises'
import { CommandError, exit } from '../errors.ts'

const cannot = (path: string, error: unknown): CommandError => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EEXIST')
    return new CommandError(
      {
        en: `${path} is there already, and is not written over; --file names another`,
        zh: `${path} 已存在，不会覆盖；请用 --file 指定其他文件`,
      },
      exit.refused,
    )
  return new CommandError({ en: `cannot write ${path} (${code})`, zh: `无法写入 ${path}（${code}）` }, exit.failed)
}

/**
 * The file of a new key pair where none is named: its name in this folder.
 * @throws CommandError where the name would lead elsewhere
 */
export function keyFileOf(name: string): string {
  if (/^[\w][\w.:-]*$/.test(name)) return `${name}.pem`
  throw new CommandError({ en: `${name} is no name for a file; say --file`, zh: `${name} 不能用作文件名；请用 --file 指定` })
}

/**
 * Opens the file, which its owner alone may read, before there is a key: one that cannot be written would be lost. `work` makes the
 * key; when that or the writing fails, the file is removed.
 * @throws CommandError when the file is there already or cannot be written; and what `work` throws
 */
export async function intoKeyFile<R>(path: string, work: () => Promise<{ readonly key: string; readonly result: R }>): Promise<R> {
  const { open, rm } = await import('node:fs/promises')
  const file: FileHandle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw cannot(path, error)
  })
  try {
    const { key, result } = await work()
    await file.writeFile(key.endsWith('\n') ? key : `${key}\n`).catch((error: unknown) => {
      throw cannot(path, error)
    })
    await file.sync()
    return result
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
