import { describe, expect, it } from 'vitest'
import { estate, tanxing } from '../testing.ts'

const friend = '1000000000000002'

describe('images on the command line', () => {
  it('are shared with an account and taken back from it, which is read back', async () => {
    const { cloud, ecs, url } = await estate({ accounts: [{ id: '1000000000000001' }, { id: friend }] })
    const [instance] = (await ecs.describeInstances({ Status: 'Running' })).Instances.Instance
    await tanxing(cloud, url, `images create shop --instance ${instance?.InstanceId}`)
    const { exitCode, out } = await tanxing(cloud, url, `images share shop --with ${friend} --yes 1 -o json`)
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject([{ Name: 'shop', Result: 'done', State: friend }])
    expect((await tanxing(cloud, url, 'images delete shop --yes 1')).err).toContain('ImageUseShared')
    expect(JSON.parse((await tanxing(cloud, url, `images share shop --without ${friend} -o json`)).out)).toMatchObject([{ State: '' }])
    expect((await tanxing(cloud, url, 'images delete shop --yes 1')).exitCode).toBe(0)
    await cloud.close()
  })

  it('are found by name while they are made', async () => {
    const { cloud, url } = await estate()
    expect((await tanxing(cloud, url, 'images create shop --instance web-003 --no-wait --columns status')).out).toBe('STATUS\nCreating\n')
    expect((await tanxing(cloud, url, 'images get shop --query Status -o ids')).out).toBe('Creating\n')
    await cloud.close()
  })

  it('are shared with so many accounts at a time as one call takes, and with nothing that is no account', async () => {
    const { cloud, url } = await estate()
    const many = Array.from({ length: 11 }, (_, at) => `--with ${at}`).join(' ')
    expect(await tanxing(cloud, url, `images share shop ${many}`)).toMatchObject({
      exitCode: 2,
      err: 'tanxing: --with takes 10 accounts at a time\n',
    })
    expect((await tanxing(cloud, url, 'images share shop --with everybody')).exitCode).toBe(2)
    expect(cloud.requests(10)).toEqual([])
    await cloud.close()
  })

  it('are not opened to another account before somebody says so', async () => {
    const { cloud, ecs, url } = await estate({ accounts: [{ id: '1000000000000001' }, { id: friend }] })
    const [instance] = (await ecs.describeInstances({ Status: 'Running' })).Instances.Instance
    await tanxing(cloud, url, `images create shop --instance ${instance?.InstanceId}`)
    const asked = await tanxing(cloud, url, `images share shop --with ${friend}`)
    expect(asked).toMatchObject({ exitCode: 6, out: '' })
    expect(asked.err).toContain(`GiB  with ${friend}\n`)
    const [image] = (await ecs.describeImages({ ImageOwnerAlias: 'self' })).Images.Image
    const { Accounts } = await ecs.describeImageSharePermission({ ImageId: image?.ImageId ?? '' })
    expect(Accounts.Account).toEqual([])
    expect((await tanxing(cloud, url, `images share shop --with ${friend}`, { answer: 'shop' })).exitCode).toBe(0)
    await cloud.close()
  })

  it('show how long they take to a person who watches', async () => {
    const { cloud, url } = await estate()
    const { err } = await tanxing(cloud, url, 'images create shop --instance web-003', { stderrColumns: 80 })
    expect(err).toContain('\r\u001b[Kcreated ░░░░░░░░░░░░░░░░░░░░ 0/1')
    expect(err).toContain('\r\u001b[K1 of 1 created')
    await cloud.close()
  })
})
