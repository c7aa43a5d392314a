import { describe, expect, it } from 'vitest'
import { estate, mutations, tanxing } from '../safety/testing.ts'

describe('tags', () => {
  it('are not taken off before somebody says so, and what goes is shown with its values', async () => {
    const here = await estate()
    await tanxing(here, 'tags add web-003 web-113 --set owner=ops')
    const before = mutations(here)
    const { exitCode, err } = await tanxing(here, 'tags remove --all --key owner')
    expect(exitCode).toBe(6)
    expect(err).toContain('untag 2 instances')
    expect(err).toContain('2 × tag: owner=ops, owner=ops')
    expect(mutations(here)).toBe(before)
    expect((await tanxing(here, 'tags remove --all --key owner', { answer: '2' })).exitCode).toBe(0)
    expect((await here.ecs.describeInstances({ Tag: [{ Key: 'owner' }] })).TotalCount).toBe(0)
    await here.close()
  })

  it('may be taken off what the protect tag guards', async () => {
    const here = await estate()
    await tanxing(here, 'tags add web-003 --set tanxing:protect=true')
    expect((await tanxing(here, 'tags remove web-003 --key tanxing:protect --yes 1')).exitCode).toBe(0)
    expect((await tanxing(here, 'instances stop web-003 --yes 1')).exitCode).toBe(0)
    await here.close()
  })

  it('are put on images of the account and on key pairs, and on no image of others', async () => {
    const here = await estate()
    await here.ecs.createKeyPair({ KeyPairName: 'one' })
    const [instance] = (await here.ecs.describeInstances({ InstanceName: 'web-003' })).Instances.Instance
    await here.ecs.createImage({ InstanceId: instance?.InstanceId ?? '', ImageName: 'own' })
    here.cloud.clock.advance(3_600_000)
    expect((await tanxing(here, 'tags add one --kind key-pairs --set team=shop')).err).toBe('1 of 1 tagged\n')
    expect((await tanxing(here, 'tags add --all --kind images --set team=shop')).err).toBe('1 of 1 tagged\n')
    expect((await here.ecs.describeImages({ ImageOwnerAlias: 'self', Tag: [{ Key: 'team' }] })).TotalCount).toBe(1)
    await here.close()
  })

  it('are seen on what carries them before they count as put on, and gone before they count as taken off', async () => {
    const here = await estate()
    const stateOf = (out: string) => (JSON.parse(out) as { State?: string }[])[0]?.State
    const put = await tanxing(here, 'tags add web-003 --set note=a,b --set bare= -o json')
    expect([put.exitCode, stateOf(put.out)]).toEqual([0, expect.stringMatching(/note=a,b,bare$/)])
    const taken = await tanxing(here, 'tags remove web-003 --key note --key bare --yes 1 -o json')
    expect([taken.exitCode, stateOf(taken.out)]).toEqual([0, 'env=prod,app=web,team=shop'])
    await here.close()
  })

  it('filter by the keys of their kind', async () => {
    const here = await estate()
    const { err } = await tanxing(here, 'tags add --kind disks --filter category=cloud_essd --filter type=data --set a=b --dry-run')
    expect(err).toMatch(/would be tagged/)
    expect((await tanxing(here, 'tags add --kind disks --filter family=x --set a=b')).err).toContain('there is no filter family')
    await here.close()
  })
})
