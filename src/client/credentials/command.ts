/**
 * A command's words as a POSIX shell splits them: at blanks, with single and double quotes and backslashes; nothing is expanded.
 * On Windows a backslash is part of a path, but for `\"` inside of double quotes.
 * @returns undefined when a quote does not end, or nothing is left
 */
export function splitCommand(command: string, windows = false): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at)
    const next = command.charAt(at + 1)
    if (quote === '' && /\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === quote) quote = ''
    else if (quote === '' && (char === '"' || char === "'")) {
      quote = char
      word ??= ''
    } else if (char === '\\' && escapes(quote, next, windows)) {
      word = (word ?? '') + next
      at++
    } else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return quote === '' && words.length > 0 ? words : undefined
}

function escapes(quote: string, next: string, windows: boolean): boolean {
  if (quote === "'" || next === '') return false
  if (windows) return quote === '"' && next === '"'
  return quote === '' || '"\\$`'.includes(next)
}
