import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { read } from './blocks.ts'

/** A name that users of the package see, or a member of one. */
export interface PublicName {
  /** `EcsClient.waitUntil` */
  readonly name: string
  readonly file: string
  /** The comment right before it, without the marks of a comment; undefined when there is no doc comment. */
  readonly comment: string | undefined
}

/** Where a name comes from that a file imports or hands on. */
function origins(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const match of read(file).matchAll(/^(?:import|export) (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm))
    for (const one of (match[1] ?? '').split(',')) {
      const name = one.trim().replace(/^type /, '')
      if (name !== '') found.set(name, join(dirname(file), match[2] ?? ''))
    }
  return found
}

const declaration = (name: string) =>
  new RegExp(`^(?:export )?(?:abstract |async )*(?:class|interface|type|const|function) ${name}\\b[^{\\n]*`, 'gm')

/** The doc comment that ends right before an offset. */
function commentBefore(source: string, offset: number): string | undefined {
  const [, comment] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(source.slice(0, offset)) ?? []
  return comment?.replace(/^ *\* ?/gm, '').trim()
}

const member = /^ {2}(?:(?:readonly|abstract|async|protected) )*\*?([A-Za-z]\w*)\??(?:[(:<]| =)/gm

/** What a class or interface lists itself. */
function membersOf(name: string, file: string, source: string, offset: number): PublicName[] {
  const body = source.slice(offset, source.indexOf('\n}', offset) + 1)
  return [...body.matchAll(member)].flatMap((match) => {
    if (match[1] === 'constructor') return []
    return [{ name: `${name}.${match[1]}`, file, comment: commentBefore(source, offset + match.index) }]
  })
}

/** A name with its members, and those of what it extends. A member without a comment has that of the one it overrides, as editors show it. */
function declared(name: string, file: string, shown = name): PublicName[] {
  // Operations and their types are written by the build.
  if (file.includes('/generated/') || !existsSync(file)) return []
  const source = read(file)
  const all = [...source.matchAll(declaration(name))]
  const elsewhere = origins(file)
  if (all.length === 0) {
    const from = elsewhere.get(name)
    return from === undefined ? [] : declared(name, from, shown)
  }
  const comment = all.map((match) => commentBefore(source, match.index)).find((one) => one !== undefined)
  const members = all.flatMap((match) => {
    if (!/\b(?:class|interface) /.test(match[0])) return []
    const [, bases = ''] = /\bextends ([\w, ]*?)(?: implements .*)?$/.exec(match[0].replaceAll(/<[^>]*>/g, '').trimEnd()) ?? []
    const inherited = (bases.match(/\w+/g) ?? []).flatMap((base) => declared(base, file, shown).slice(1))
    const own = membersOf(shown, file, source, match.index)
    return [
      ...own.map((one) => ({ ...one, comment: one.comment ?? inherited.find((base) => base.name === one.name)?.comment })),
      ...inherited,
    ]
  })
  return [{ name: shown, file, comment }, ...members]
}

/** Everything that a module exports by name, with members. */
export const publicNames = (file: string): PublicName[] => [...origins(file)].flatMap(([name, from]) => declared(name, from))
