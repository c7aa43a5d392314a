import { saidOf, type Text } from '../../api/text.ts'
import { UsageError } from '../errors.ts'

const joined = (looked: readonly Text[]): Text => ({
  en: looked.map(({ en }) => en).join('; '),
  zh: looked.map(({ zh }) => zh).join('；'),
})

/** Why a place has no credentials. */
export interface Why {
  readonly why: Text
}

/** That a variable keeps from looking there. */
export const isSet = (name: string): Why => ({ why: { en: `${name} is set`, zh: `已设置 ${name}` } })

/** That a file is not there. */
export const notThere = (path: string): Why => ({ why: { en: `${path} is not there`, zh: `${path} 不存在` } })

/** A file of credentials that cannot be used as it is. */
export const brokenFile = (path: string, why: Text): UsageError =>
  new UsageError('InvalidConfigFile', saidOf(path, why), {
    en: 'Mend the file, or write the profile again with `tanxing configure`.',
    zh: '请修复该文件，或用 `tanxing configure` 重新写入配置。',
  })

/** What a file is that cannot be read as aliyun-cli's. */
export const noConfiguration: Text = { en: 'is not JSON of a configuration', zh: '不是 JSON 格式的配置' }

/** No file holds a profile of that name; `looked` says of each place why not. */
export function profileNotFound(name: string, looked: readonly Text[]): UsageError {
  const none = { en: `there is no profile ${name.slice(0, 100)}`, zh: `没有配置 ${name.slice(0, 100)}` }
  return new UsageError('ProfileNotFound', saidOf(none, joined(looked)), {
    en: 'Name a profile that a file has.',
    zh: '请指定文件中已有的配置名。',
  })
}

/** A login with a browser that has ended; only aliyun-cli can renew it. */
export const expiredLogin = (source: Text, why: Text, command: string): UsageError =>
  new UsageError('ExpiredLogin', saidOf(source, why), {
    en: `Log in again: ${command}`,
    zh: `请重新登录：${command}`,
  })

/** No place has credentials; `looked` says of each why not. */
export function noCredentials(looked: readonly Text[]): UsageError {
  const none = { en: 'no Alibaba Cloud credentials were found', zh: '未找到阿里云凭证' }
  return new UsageError('NoCredentials', saidOf(none, joined(looked)), {
    en: 'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or save a profile with aliyun-cli, or use a local cloud.',
    zh: '请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 aliyun-cli 保存配置，或改用本地云。',
  })
}

/** That an answer is none to read. */
export const noObject = (status: number): Text => ({ en: `HTTP ${status}, or no JSON object`, zh: `HTTP ${status}，或不是 JSON 对象` })

/** What came back from a place that gives out credentials is none. */
export const unusableAnswer = (who: Text | string, why: Text): UsageError =>
  new UsageError('UnusableCredentials', saidOf(who, why), {
    en: 'Ask whoever runs it: it must answer with an AccessKey ID, a secret and a security token.',
    zh: '请联系其维护者：应答须包含 AccessKey ID、Secret 和安全令牌。',
  })
