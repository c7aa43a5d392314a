/** What a person reads, in both languages. */
export interface Text {
  /** English. */
  readonly en: string
  /** 简体中文. */
  readonly zh: string
}

/** A text for what is the same in both languages: an address, an id, the words of somebody else. */
export const asItIs = (text: string): Text => ({ en: text, zh: text })

/** Says something of something: `profile ops: the token is missing`. */
export const saidOf = (subject: Text | string, { en, zh }: Text): Text => {
  const named = typeof subject === 'string' ? asItIs(subject) : subject
  return { en: `${named.en}: ${en}`, zh: `${named.zh}：${zh}` }
}
