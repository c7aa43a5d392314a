import { demand } from '../fault.ts'

interface MarkerInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface MarkedPage<R> {
  readonly rows: readonly R[]
  readonly fields: { readonly IsTruncated: boolean; readonly Marker?: string }
}

/** Terraform's provider asks for as many users and groups. */
const mostItems = 1_000

const toMarker = (name: string) => Buffer.from(name).toString('base64url')

function fromMarker(marker: string): string {
  const name = Buffer.from(marker, 'base64url').toString()
  demand(toMarker(name) === marker, 'InvalidParameter.Marker', 'The specified Marker is not valid.')
  return name
}

/**
 * Cuts RAM's kind of page: up to MaxItems (100 by default) in order of name, after the name that Marker stands for, so that a page stays
 * right when something is made or deleted between two calls. The order of the real one is unconfirmed.
 * @throws Fault InvalidParameter.MaxItems, InvalidParameter.Marker (codes unconfirmed)
 */
export function markedPage<R>(all: readonly R[], nameOf: (row: R) => string, { Marker, MaxItems = 100 }: MarkerInput): MarkedPage<R> {
  demand(
    Number.isInteger(MaxItems) && MaxItems >= 1 && MaxItems <= mostItems,
    'InvalidParameter.MaxItems',
    `The specified MaxItems is not from 1 to ${mostItems}.`,
  )
  const after = Marker ? fromMarker(Marker) : undefined
  const order = all.map((row) => ({ row, name: nameOf(row) })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const left = after === undefined ? order : order.filter(({ name }) => name > after)
  const shown = left.slice(0, MaxItems)
  const last = shown.at(-1)
  const rows = shown.map(({ row }) => row)
  if (last === undefined || left.length <= MaxItems) return { rows, fields: { IsTruncated: false } }
  return { rows, fields: { IsTruncated: true, Marker: toMarker(last.name) } }
}
