import { countSlots, type Slots, withoutSlot, withSlot } from './slots.ts'

/** Above this many, the rows that begin alike are told apart by one more character. */
const mostAlike = 128

interface Node {
  slots: Slots | undefined
  /** By the next character; the empty text is the end. Undefined while the node has few rows. */
  next: Map<string, Node> | undefined
}

/** Rows by how a text of theirs begins: the longer a beginning that many share, the deeper it is looked up. */
export interface Prefixes {
  add(slot: number, text: string): void
  delete(slot: number, text: string): void
  /**
   * The rows whose text begins with `start` (is `start`, if `whole`). `exact` is false where a few others may be among them.
   */
  find(start: string, whole: boolean): { readonly slots: Slots | undefined; readonly exact: boolean }
}

/** @param textOf the text of a row that was added and not deleted since */
export function createPrefixes(textOf: (slot: number) => string, blocks: () => number): Prefixes {
  const root: Node = { slots: undefined, next: undefined }

  /** Where `text` goes on from depth `depth`; undefined behind its end. */
  const step = (text: string, depth: number) => (depth < text.length ? (text[depth] as string) : depth === text.length ? '' : undefined)

  function grow(next: Map<string, Node>, key: string): Node {
    let node = next.get(key)
    if (node === undefined) next.set(key, (node = { slots: undefined, next: undefined }))
    return node
  }

  /** Adds from a node on; a node that has become large is split, and its rows go on to the next ones. */
  function addFrom(start: Node, from: number, slot: number, text: string): void {
    let [node, depth] = [start, from]
    for (;;) {
      node.slots = withSlot(node.slots, slot, blocks())
      if (node.next === undefined) {
        const many = countSlots(node.slots) > mostAlike && depth <= text.length
        if (many) split(node, depth)
        return
      }
      const key = step(text, depth++)
      if (key === undefined) return
      node = grow(node.next, key)
    }
  }

  function split(node: Node, depth: number): void {
    node.next = new Map()
    // mostAlike and one more: never so many that they are kept as bits.
    for (const slot of node.slots as number[]) {
      const text = textOf(slot)
      const key = step(text, depth)
      if (key !== undefined) addFrom(grow(node.next, key), depth + 1, slot, text)
    }
  }

  return {
    add: (slot, text) => addFrom(root, 0, slot, text),
    delete(slot, text) {
      let node: Node | undefined = root
      for (let depth = 0; node !== undefined; depth++) {
        node.slots = withoutSlot(node.slots, slot, blocks())
        if (node.slots === undefined) node.next = undefined
        const key = step(text, depth)
        const below: Node | undefined = key === undefined ? undefined : node.next?.get(key)
        // The last of its kind.
        if (key !== undefined && below !== undefined && countSlots(below.slots) === 1) node.next?.delete(key)
        node = below
      }
    },
    find(start, whole) {
      let node = root
      for (let depth = 0; depth < start.length + (whole ? 1 : 0); depth++) {
        if (node.next === undefined) return { slots: node.slots, exact: node.slots === undefined }
        const below = node.next.get(step(start, depth) ?? '')
        if (below === undefined) return { slots: undefined, exact: true }
        node = below
      }
      return { slots: node.slots, exact: true }
    },
  }
}
