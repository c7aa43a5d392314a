/** How many slips lie between two words: a letter more, less or other, or two letters swapped. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const other = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] as number) + 1 : other
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, other, swapped))
    }
    before = row
    row = next
  }
  return row[b.length] as number
}

/** The known word that was probably meant, if one is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.slice(0, 64).toLowerCase()
  const ranked = known.map((candidate) => ({ candidate, far: distance(lower, candidate.toLowerCase()) })).sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best && best.far <= Math.max(1, Math.floor(lower.length / 3)) ? best.candidate : undefined
}
