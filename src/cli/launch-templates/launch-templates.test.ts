import { describe, expect, it } from 'vitest'
import { estate, mutations, tanxing } from '../safety/testing.ts'

const image = 'aliyun_3_x64_20G_alibase_20241218.vhd'
const whole = `--type ecs.c7.large --image ${image} --vswitch main-k --security-group web`

describe('launch templates', () => {
  it('launch what they say, and options go before them', async () => {
    const place = await estate()
    expect((await tanxing(place, `launch-templates create shop ${whole} --disk 80 --data-disk 100`)).exitCode).toBe(0)
    expect((await tanxing(place, 'instances create s-1 --launch-template shop --disk 60 --yes 1')).exitCode).toBe(0)
    const [instance] = (await place.ecs.describeInstances({ InstanceName: 's-1' })).Instances.Instance
    const { Disk } = (await place.ecs.describeDisks({ InstanceId: instance?.InstanceId })).Disks
    expect(Disk.map(({ Size }) => Size).toSorted((a, b) => a - b)).toEqual([60, 100])
    expect(instance?.InstanceType).toBe('ecs.c7.large')
    await place.close()
  })

  it('tell the price of what they launch', async () => {
    const place = await estate()
    const priceOf = (err: string) => /price: \S+/.exec(err)?.[0]
    await tanxing(place, `launch-templates create shop ${whole} --disk 80 --data-disk 100`)
    const from = await tanxing(place, 'instances create s-1 --launch-template shop --dry-run')
    const plain = await tanxing(place, `instances create s-1 ${whole} --disk 80 --data-disk 100 --dry-run`)
    expect(priceOf(from.err)).toBeDefined()
    expect(priceOf(from.err)).toBe(priceOf(plain.err))
    await place.close()
  })

  it('have versions, one of which is the default', async () => {
    const place = await estate()
    await tanxing(place, `launch-templates create shop ${whole}`)
    await tanxing(place, `launch-templates create shop --new-version --type ecs.c7.xlarge`)
    const named = async (word: string) => (await tanxing(place, `instances create s-1 --launch-template ${word} --dry-run`)).err
    expect(await named('shop')).toContain('1 × ecs.c7.large')
    expect(await named('shop:latest')).toContain('--image is needed: the launch template shop:latest does not say it')
    expect((await tanxing(place, 'launch-templates versions shop --default 2 -o ids')).out).toBe('2\n1\n')
    expect(await named('shop:1')).toContain('1 × ecs.c7.large')
    expect(await named('shop:3')).toContain('shop has no version 3 (2, 1)')
    await place.close()
  })

  it('refuse what they cannot say', async () => {
    const place = await estate()
    const lines = [
      ['launch-templates create shop', 2],
      ['launch-templates create shop --image family:x', 2],
      ['launch-templates create a b --type x', 2],
      ['launch-templates create shop --type x --vswitch nowhere', 3],
      ['launch-templates create shop --new-version --type x', 3],
      ['launch-templates versions', 2],
      ['launch-templates delete shop --yes 1', 3],
      ['instances create s-1 --launch-template shop --yes 1', 3],
    ] as const
    for (const [line, code] of lines) expect((await tanxing(place, line)).exitCode, line).toBe(code)
    expect(mutations(place)).toBe(0)
    await place.close()
  })
})
