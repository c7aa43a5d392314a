import { type Finding, plain } from './finding.ts'
import { TanxingError } from '../../client/errors.ts'
import type { World } from '../command.ts'

/** The least version of Node.js, as in package.json's engines. */
const least = [20, 19] as const

/** Whether Node.js is recent enough. @param version as `process.versions.node` */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const recent = major > least[0] || (major === least[0] && minor >= least[1])
  if (recent) return { check: 'node', level: 'ok', found: plain(version) }
  return {
    check: 'node',
    level: 'fail',
    found: plain(version),
    fix: { en: `install Node.js ${least.join('.')} or newer`, zh: `请安装 Node.js ${least.join('.')} 或更新的版本` },
  }
}

/** Whether the file of profiles can be read, by its owner alone. */
export async function fileFinding({ env, home }: Pick<World, 'env' | 'home'>): Promise<Finding> {
  const [{ stat }, { shown }, { profileNames }] = await Promise.all([
    import('node:fs/promises'),
    import('../../client/credentials/surroundings.ts'),
    import('../../client/across/profiles.ts'),
  ])
  const path = env.ALIBABA_CLOUD_CONFIG_FILE || `${home}/.aliyun/config.json`
  const place = shown(path, home)
  const finding = (level: Finding['level'], found: Finding['found'], fix?: Finding['fix']): Finding => ({
    check: 'file',
    level,
    found,
    fix,
  })
  let mode: number
  try {
    mode = (await stat(path)).mode & 0o777
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Not needed where the environment or an instance's role has the keys.
    if (code === 'ENOENT' || code === 'ENOTDIR') return finding('ok', { en: `there is no ${place}`, zh: `没有 ${place}` })
    return finding(
      'fail',
      { en: `${place} cannot be read (${code})`, zh: `无法读取 ${place}（${code}）` },
      {
        en: `give yourself access: chmod 700 on its folder, chmod 600 ${place}`,
        zh: `请恢复访问权限：目录 chmod 700，文件 chmod 600 ${place}`,
      },
    )
  }
  let names: readonly string[]
  try {
    names = await profileNames({ env, home })
  } catch (error) {
    return finding('fail', error instanceof TanxingError ? error.text : plain(String(error)), {
      en: `mend the file, or move it away and run tanxing configure`,
      zh: `请修复该文件，或将其移走后运行 tanxing configure`,
    })
  }
  const some = names.slice(0, 5).join(', ')
  const listed = names.length > 5 ? `${some}, …` : some
  // Windows has no such bits.
  const open = globalThis.process?.platform !== 'win32' && (mode & 0o077) !== 0
  const bits = mode.toString(8).padStart(4, '0')
  const found = { en: `${place} (${bits}): ${listed}`, zh: `${place}（${bits}）：${listed}` }
  if (!open) return finding('ok', found)
  return finding('warn', found, {
    en: `others can read your keys: chmod 600 ${place}`,
    zh: `其他用户可读取您的密钥：请执行 chmod 600 ${place}`,
  })
}
