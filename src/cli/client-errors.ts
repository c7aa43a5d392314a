import type { Text } from '../api/text.ts'
import { NetworkError, type TanxingError, TimeoutError } from '../client/errors.ts'

type Words = (why: string) => Text

/** What errors of the client are, by code, around their own words, which are English. */
const words: { readonly [code: string]: Words } = {
  // The client does not know that there is a command line.
  NoCredentials: () => ({
    en: 'no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, save a profile with `tanxing configure`, or try --local',
    zh: '没有凭证：请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 `tanxing configure` 保存配置，或用 --local 试用',
  }),
  InvalidConfigFile: (why) => ({ en: why, zh: `配置文件无法使用（${why}）` }),
  ProfileNotFound: (why) => ({ en: why, zh: `找不到该配置（${why}）` }),
  NoProfiles: (why) => ({ en: why, zh: `没有可用的配置（${why}）` }),
  UnsupportedProfileMode: (why) => ({ en: why, zh: `不支持该配置的模式（${why}）` }),
  InvalidCredentials: (why) => ({ en: why, zh: `凭证无效（${why}）` }),
  ExpiredLogin: (why) => ({ en: why, zh: `登录已过期（${why}）` }),
  ExternalCommandFailed: (why) => ({ en: why, zh: `获取凭证的命令执行失败（${why}）` }),
  MetadataUnavailable: (why) => ({ en: why, zh: `无法从实例元数据获取凭证（${why}）` }),
  OidcTokenMissing: (why) => ({ en: why, zh: `OIDC 令牌文件不可用（${why}）` }),
  UnusableCredentials: (why) => ({ en: why, zh: `获取到的凭证不可用（${why}）` }),
  InvalidEndpoint: (why) => ({ en: why, zh: `端点无效（${why}）` }),
  InvalidRegion: (why) => ({ en: why, zh: `地域 ID 无效（${why}）` }),
  InvalidProxy: (why) => ({ en: why, zh: `代理地址无效（${why}）` }),
  UnsupportedProxy: (why) => ({ en: why, zh: `不支持该代理（${why}）` }),
  InvalidCertificate: (why) => ({ en: why, zh: `证书无效（${why}）` }),
  ListIncomplete: (why) => ({ en: why, zh: `列表不完整（${why}）` }),
  WaitFailed: (why) => ({ en: why, zh: `无法到达所等待的状态（${why}）` }),
  NoAnswerForId: (why) => ({ en: why, zh: `服务未说明处理结果（${why}）` }),
  ConnectTimeout: (why) => ({ en: why, zh: `连接超时（${why}）` }),
  ReadTimeout: (why) => ({ en: why, zh: `应答超时（${why}）` }),
  WaitTimeout: (why) => ({ en: why, zh: `等待超时（${why}）` }),
  ENOTFOUND: (why) => ({ en: why, zh: `无法解析域名（${why}）` }),
  EAI_AGAIN: (why) => ({ en: why, zh: `无法解析域名（${why}）` }),
  ECONNREFUSED: (why) => ({ en: why, zh: `连接被拒绝（${why}）` }),
  ECONNRESET: (why) => ({ en: why, zh: `连接被中断（${why}）` }),
  ProxyRefused: (why) => ({ en: why, zh: `代理拒绝转发（${why}）` }),
  AnswerTooLarge: (why) => ({ en: why, zh: `应答过大（${why}）` }),
  InvalidAnswer: (why) => ({ en: why, zh: `应答无效（${why}）` }),
}

/** What errors are whose codes are the system's, or those of calls that no command makes. */
const byKind = (error: TanxingError): Words => {
  if (error instanceof NetworkError) return (why) => ({ en: why, zh: `网络错误（${why}）` })
  if (error instanceof TimeoutError) return (why) => ({ en: why, zh: `超时（${why}）` })
  return (why) => ({ en: why, zh: `无法完成（${why}）` })
}

/** What an error of the client says to the reader of a language. */
export function wordsOf(error: TanxingError): Text {
  const { code, message } = error
  const own = Object.hasOwn(words, code) ? words[code] : undefined
  return (own ?? byKind(error))(message)
}
