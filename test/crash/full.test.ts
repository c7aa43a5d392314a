import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { network } from './crash.ts'
import { bundledServer, serverOf, startServer } from './process.ts'

/** The kernel refuses to let a file grow past a limit that can be lifted while the process runs: a disk that is full, and then is not. */
const limited = process.platform === 'linux'

const limits = (blocks: number) => `trap "" XFSZ; ulimit -S -f ${blocks}; exec "$0" "$@"`

test.skipIf(!limited)(
  'a disk that is full refuses the request, keeps nothing of it, and takes the next one once there is room',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tanxing-full-'))
    const bundle = await bundledServer()
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true })
      rmSync(bundle, { force: true })
    })
    // What the library prints of a failed write is not looked at.
    const stdio = ['ignore', 'inherit', 'ignore', 'ipc'] as const
    const child = spawn('sh', ['-c', limits(2048), process.execPath, bundle, folder], { stdio: [...stdio] })
    const server = await serverOf(child)
    onTestFinished(() => server.kill())
    const basics = await network(server)
    const launch = (token: string) => server.call('RunInstances', { ...basics, Amount: 20, InstanceName: token, ClientToken: token })
    const total = async () => (await server.call('DescribeInstances', {}))?.body.TotalCount as number

    let [count, refused] = [0, await launch('t0')]
    while (refused?.status === 200 && count < 200) refused = await launch(`t${++count}`)
    expect(refused).toMatchObject({ status: 500, body: { Code: 'InternalError.StorageFailed' } })
    expect(await total()).toBe(count * 20)
    expect(await server.call('CreateSecurityGroup', { VpcId: 'vpc-none' })).toMatchObject({ status: 404 })
    expect(await launch(`t${count}`)).toMatchObject({ status: 500 })
    expect(await total()).toBe(count * 20)

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:'])
    expect(await launch(`t${count}`)).toMatchObject({ status: 200 })
    expect(await launch('more')).toMatchObject({ status: 200 })
    await server.kill()
    const again = await startServer(bundle, folder)
    onTestFinished(() => again.kill())
    expect((await again.call('DescribeInstances', {}))?.body.TotalCount).toBe((count + 2) * 20)
  },
)
