import { UsageError } from '../errors.ts'

/** A file of credentials that cannot be used as it is. */
export const brokenFile = (path: string, why: string): UsageError =>
  new UsageError('InvalidConfigFile', `${path}: ${why}`, {
    en: 'Mend the file, or write the profile again with `tanxing configure`.',
    zh: '请修复该文件，或用 `tanxing configure` 重新写入配置。',
  })

/** No file holds a profile of that name; `looked` says of each place why not. */
export const profileNotFound = (name: string, looked: readonly string[]): UsageError =>
  new UsageError('ProfileNotFound', `there is no profile ${name.slice(0, 100)}: ${looked.join('; ')}`, {
    en: 'Name a profile that a file has.',
    zh: '请指定文件中已有的配置名。',
  })

/** A login with a browser that has ended; only aliyun-cli can renew it. */
export const expiredLogin = (source: string, why: string, command: string): UsageError =>
  new UsageError('ExpiredLogin', `${source}: ${why}`, {
    en: `Log in again: ${command}`,
    zh: `请重新登录：${command}`,
  })

/** No place has credentials; `looked` says of each why not. */
export const noCredentials = (looked: readonly string[]): UsageError =>
  new UsageError('NoCredentials', `no Alibaba Cloud credentials were found: ${looked.join('; ')}`, {
    en: 'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or save a profile with aliyun-cli, or use a local cloud.',
    zh: '请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 aliyun-cli 保存配置，或改用本地云。',
  })

/** What came back from a place that gives out credentials is none. */
export const unusableAnswer = (who: string, why: string): UsageError =>
  new UsageError('UnusableCredentials', `${who}: ${why}`, {
    en: 'Ask whoever runs it: it must answer with an AccessKey ID, a secret and a security token.',
    zh: '请联系其维护者：应答须包含 AccessKey ID、Secret 和安全令牌。',
  })
