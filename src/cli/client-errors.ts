import type { Text } from '../api/text.ts'
import { NetworkError, type TanxingError, TimeoutError } from '../client/errors.ts'

/** What is said otherwise here: the client does not know that there is a command line. */
const words: { readonly [code: string]: Text } = {
  NoCredentials: {
    en: 'no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, save a profile with `tanxing configure`, or try --local',
    zh: '没有凭证：请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 `tanxing configure` 保存配置，或用 --local 试用',
  },
}

/** What an error says that has English words alone: those of the system, or of calls that no command makes. */
function around(error: TanxingError): Text {
  const { message } = error
  if (error instanceof NetworkError) return { en: message, zh: `网络错误（${message}）` }
  if (error instanceof TimeoutError) return { en: message, zh: `超时（${message}）` }
  return { en: message, zh: `无法完成（${message}）` }
}

/** What an error of the client says to the reader of a language. */
export function wordsOf(error: TanxingError): Text {
  const { code, text } = error
  const own = Object.hasOwn(words, code) ? words[code] : undefined
  return own ?? (text.zh === text.en ? around(error) : text)
}
