/** What a person reads, in both languages. */
export interface Text {
  /** English. */
  readonly en: string
  /** 简体中文. */
  readonly zh: string
}
