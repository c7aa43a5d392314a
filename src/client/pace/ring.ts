/** A list in a circle: its end is before its head. A link is put in and taken out in the same time however long it is. */
export interface Ring<T> {
  head: Link<T> | undefined
}

export interface Link<T> {
  readonly value: T
  before: Link<T> | undefined
  after: Link<T> | undefined
}

/** Puts a value at the end. */
export function append<T>(ring: Ring<T>, value: T): Link<T> {
  const link: Link<T> = { value, before: undefined, after: undefined }
  const head = ring.head ?? link
  const last = head.before ?? link
  link.before = last
  link.after = head
  last.after = link
  head.before = link
  ring.head = head
  return link
}

/** Takes a link out. @returns whether it was in */
export function unlink<T>(ring: Ring<T>, link: Link<T>): boolean {
  const { before, after } = link
  if (!before || !after) return false
  before.after = after
  after.before = before
  link.before = undefined
  link.after = undefined
  if (ring.head === link) ring.head = after === link ? undefined : after
  return true
}
