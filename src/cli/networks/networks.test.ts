import { describe, expect, it } from 'vitest'
import { estate, mutations, tanxing } from '../safety/testing.ts'

describe('networks', () => {
  it('are listed whole: the interfaces too, as many as there are', async () => {
    const place = await estate()
    const all = await tanxing(place, 'networks list -o csv --columns kind')
    const kinds = all.out.split('\n').slice(1, -1)
    const { TotalCount } = await place.ecs.describeInstances()
    expect(kinds.filter((kind) => kind === 'interface').length).toBe(TotalCount)
    const some = await tanxing(place, 'networks list --kind vswitch --tag nobody -o ids')
    expect(some.out).toBe('')
    await place.close()
  })

  it('tell what hangs on a thing before it is deleted', async () => {
    const place = await estate()
    const { exitCode, err } = await tanxing(place, 'networks delete vpc main --yes 1')
    expect(exitCode).toBe(6)
    expect(err).toMatch(/still has 3 × vSwitch \(vsw-[^)]*\), \d+ × security group \(sg-/)
    expect((await tanxing(place, 'networks delete vswitch main-k --yes 1')).err).toMatch(/still has \d+ × instance \(i-/)
    const [primary] = (await tanxing(place, 'networks list --kind interface -o ids')).out.split('\n')
    expect((await tanxing(place, `networks delete ${primary} --yes 1`)).err).toContain('is the primary one of i-')
    expect(mutations(place)).toBe(0)
    await place.close()
  })

  it('know the kind by the id', async () => {
    const place = await estate()
    const ids = (await tanxing(place, 'networks list -o ids')).out.split('\n')
    const id = ids.find((one) => one.startsWith('vsw-')) ?? ''
    expect((await tanxing(place, `networks get ${id} --query VSwitchId`)).out).toBe(`"${id}"\n`)
    await place.close()
  })

  it('ask before what costs, and refuse options of another kind', async () => {
    const place = await estate()
    const lines = [
      ['networks create eip door', 6],
      ['networks create eip door --yes 2', 6],
      ['networks create eip door --dry-run', 0],
      ['networks create eip door --zone cn-hangzhou-k', 2],
      ['networks create vpc lab', 2],
      ['networks create vpc lab --cidr 10.0.0.0/33', 2],
      ['networks create vpc a b --cidr 10.0.0.0/8', 2],
      ['networks create door', 2],
      ['networks attach eip nope --to nobody', 3],
      ['networks attach eip', 2],
    ] as const
    for (const [line, code] of lines) expect((await tanxing(place, line)).exitCode, line).toBe(code)
    expect(mutations(place)).toBe(0)
    await place.close()
  })

  it('spare what carries the protect tag', async () => {
    const place = await estate()
    await tanxing(place, 'networks create vpc lab --cidr 172.16.0.0/16 --tag tanxing:protect=true')
    const { exitCode, err } = await tanxing(place, 'networks delete vpc lab --yes 1')
    expect(exitCode).toBe(6)
    expect(err).toContain('has the tag tanxing:protect=true')
    await place.close()
  })
})
