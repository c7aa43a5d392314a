import { readFacts } from './catalogue.ts'

/** A text by language: `zh-CN` and `en-US`. */
type Texts = Readonly<Record<string, string>>

/** Where a customer's line can end in a region. */
export interface AccessPointFacts {
  readonly AccessPointId: string
  readonly AttachedRegionNo: string
  /** Lines can be applied for at one that is `recommended` or `hot`, not at one that is `full` or `disabled`. */
  readonly Status: string
  readonly Name: Texts
  readonly Location: Texts
  readonly HostOperator: Texts
  /** The types of ports that it has. */
  readonly ports: readonly string[]
}

let byId: ReadonlyMap<string, AccessPointFacts> | undefined

/**
 * The access points by id, region by region. They are a model with a date, not a copy: no source lists them all, and which of them are
 * full changes. Each region has at least one with every type of port.
 */
export function accessPoints(): ReadonlyMap<string, AccessPointFacts> {
  byId ??= new Map(
    readFacts<{ accessPoints: AccessPointFacts[] }>('access-points.json').accessPoints.map((each) => [each.AccessPointId, each]),
  )
  return byId
}
