/**
 * True when `text` fits `pattern`, where `*` stands for any run of characters and `?` for exactly one.
 * Goes back to the last `*` only, so a hostile pattern costs at most pattern times text, never more.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0
  let place = 0
  let star = -1
  let resume = 0
  while (place < text.length) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at++
      resume = place
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[place])) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
