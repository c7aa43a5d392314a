import { describe, expect, it } from 'vitest'
import { estate, mutations, tanxing } from '../safety/testing.ts'

describe('security groups', () => {
  it('are opened to the whole internet only when that is agreed to', async () => {
    const place = await estate()
    const line = 'security-groups allow api in tcp/22 from 0.0.0.0/0'
    for (const given of [{}, { answer: '2' }, { answer: 'yes' }]) {
      const { exitCode, err } = await tanxing(place, line, given)
      expect(exitCode).toBe(6)
      expect(err).toContain('! opens tcp/22 to the whole internet (0.0.0.0/0)')
    }
    expect(mutations(place)).toBe(0)
    expect((await tanxing(place, line, { answer: '1' })).exitCode).toBe(0)
    await place.close()
  })

  it('get rules that open nothing without a question, and none twice', async () => {
    const place = await estate()
    expect((await tanxing(place, 'security-groups allow api in tcp/22 from 203.0.113.9')).exitCode).toBe(0)
    const before = mutations(place)
    const { exitCode, err } = await tanxing(place, 'security-groups allow api in tcp/22 from 203.0.113.9/32')
    expect(exitCode).toBe(0)
    expect(err).toContain('is there already: in tcp/22 from 203.0.113.9/32')
    expect(mutations(place)).toBe(before)
    const twice = await tanxing(place, 'security-groups allow api in tcp/23 from 10.0.0.1 in tcp/23 from 10.0.0.1/32')
    expect(twice.exitCode).toBe(2)
    await place.close()
  })

  it('get back all the rules that were read from them', async () => {
    const place = await estate()
    const read = async () => (await tanxing(place, 'security-groups rules web -o csv --columns rule')).out.split('\n').slice(1, -1)
    const rules = await read()
    expect((await tanxing(place, 'security-groups revoke web --all --yes 3')).exitCode).toBe(0)
    expect(await read()).toEqual([])
    const file = `${place.home}/rules`
    const { writeFileSync } = await import('node:fs')
    writeFileSync(file, rules.join('\n'))
    expect((await tanxing(place, `security-groups allow web @${file} --yes 3`)).exitCode).toBe(0)
    expect((await read()).toSorted()).toEqual(rules.toSorted())
    await place.close()
  })

  it('lose nothing by a wrong rule, a wrong count or a dry run', async () => {
    const place = await estate()
    const lines = [
      ['security-groups revoke web in tcp/443 from 0.0.0.0/0 in tcp/9999 from 0.0.0.0/0 --yes 2', 3],
      ['security-groups revoke web in tcp/443 from 0.0.0.0/0 --yes 2', 6],
      ['security-groups revoke web sgr-nope --yes 1', 3],
      ['security-groups revoke web --all --limit 2 --yes 3', 6],
      ['security-groups revoke web --all --dry-run', 0],
      ['security-groups revoke web', 2],
      ['security-groups delete web --yes 1', 6],
    ] as const
    for (const [line, code] of lines) expect((await tanxing(place, line)).exitCode, line).toBe(code)
    expect(mutations(place)).toBe(0)
    await place.close()
  })
})
