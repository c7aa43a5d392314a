import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
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

    let launched = 0
    const refused: string[] = []
    // A write that fits in pages that earlier ones gave up may still succeed after one that did not.
    for (let at = 0; refused.length < 5 && at < 400; at++) {
      const answer = await launch(`t${at}`)
      if (answer?.status === 200) launched++
      else refused.push(`t${at}`)
      if (answer?.status !== 200) expect(answer).toMatchObject({ status: 500, body: { Code: 'InternalError.StorageFailed' } })
      if (refused.length > 0) expect(await total()).toBe(launched * 20)
    }
    expect(refused).toHaveLength(5)

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:'])
    for (const token of refused) expect(await launch(token)).toMatchObject({ status: 200 })
    await server.kill()
    const again = await startServer(bundle, folder)
    onTestFinished(() => again.kill())
    expect((await again.call('DescribeInstances', {}))?.body.TotalCount).toBe((launched + refused.length) * 20)
  },
)

/** A disk of 4 MiB that is seen by this one process and its children, and is gone with them. */
const smallDisk = ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=4m none "$0" && eval "$1" && shift && exec "$@"']
const isolated = limited && spawnSync('unshare', [...smallDisk, tmpdir(), 'true', 'true']).status === 0

async function onSmallDisk(before: string) {
  const disk = mkdtempSync(join(tmpdir(), 'tanxing-small-'))
  const bundle = await bundledServer()
  const more = [disk, before, process.execPath, bundle, join(disk, 'data')]
  const child = spawn('unshare', [...smallDisk, ...more], { cwd: disk, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  const printed: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk))
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(disk, { recursive: true, force: true })
    rmSync(bundle, { force: true })
  })
  return { child, printed: () => Buffer.concat(printed).toString() }
}

test.skipIf(!isolated)('a small disk that is full is told as such, and nothing is printed', async () => {
  const { child, printed } = await onSmallDisk(':')
  const server = await serverOf(child)
  const basics = await network(server)
  const launch = () => server.call('RunInstances', { ...basics, Amount: 20 })
  let launched = 0
  let answer = await launch()
  for (; answer?.status === 200 && launched < 400; answer = await launch()) launched++
  expect(answer).toMatchObject({ status: 500, body: { Code: 'InternalError.StorageFull' } })
  expect((await server.call('DescribeInstances', {}))?.body.TotalCount).toBe(launched * 20)
  await server.kill()
  expect(printed()).toBe('')
})

test.skipIf(!isolated)('no data folder is begun on a disk that is full: LMDB would end the process', async () => {
  const { child, printed } = await onSmallDisk('cat /dev/zero > "$0/filler" 2>/dev/null; :')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(1)
  expect(printed()).toContain('no space left for the data folder')
})
