import { describe, expect, it } from 'vitest'
import { readFacts } from './catalogue.ts'
import { regionFacts, regions } from './regions.ts'

const all = [...regions().values()]

describe('regions', () => {
  it('lists the 29 public regions, cn-qingdao first', () => {
    expect(all).toHaveLength(29)
    expect(all[0]?.RegionId).toBe('cn-qingdao')
  })

  it('names every region in Chinese, English and Japanese', () => {
    const wrong = all.filter(
      ({ LocalName }) =>
        !/[一-鿿]/.test(LocalName['zh-CN'] ?? '') ||
        !/^[A-Z][ -~]+$/.test(LocalName['en-US'] ?? '') ||
        !/[一-鿿゠-ヿ]/.test(LocalName.ja ?? ''),
    )
    expect(wrong).toEqual([])
  })

  it('names the zones of Chinese regions with a hyphen, and those of all others without', () => {
    const wrong = all.flatMap(({ RegionId, Zones }) =>
      Zones.filter((zone) => !new RegExp(`^${RegionId}${RegionId.startsWith('cn-') ? '-' : ''}[a-z]$`).test(zone)),
    )
    expect(wrong).toEqual([])
  })

  it('has a zone or more in every region, each of them once', () => {
    expect(all.filter(({ Zones }) => Zones.length === 0 || new Set(Zones).size < Zones.length)).toEqual([])
  })

  it('gives no two regions the same id prefix', () => {
    const prefixes = all.map(({ idPrefix }) => idPrefix).filter((prefix) => prefix !== '')
    expect(new Set(prefixes).size).toBe(prefixes.length)
    expect(prefixes.filter((prefix) => !/^[0-9a-z]{3}$/.test(prefix))).toEqual([])
  })

  it('leaves out regions that are unverified, closed or restricted', () => {
    const { newer, closed, restricted } = readFacts<{
      newer: { RegionId: string }[]
      closed: { RegionId: string }[]
      restricted: string[]
    }>('regions.json')
    const others = [...[...newer, ...closed].map(({ RegionId }) => RegionId), ...restricted]
    expect(others).toHaveLength(11)
    expect(others.filter((id) => regionFacts(id) !== undefined)).toEqual([])
  })
})

describe('regionFacts', () => {
  it('finds a region by its id', () => {
    expect(regionFacts('cn-hangzhou')).toMatchObject({
      LocalName: { 'zh-CN': '华东1（杭州）', 'en-US': 'China (Hangzhou)' },
      idPrefix: 'bp1',
    })
  })

  it('knows nothing of a region that is not there', () => {
    expect(regionFacts('cn-atlantis')).toBeUndefined()
  })
})
