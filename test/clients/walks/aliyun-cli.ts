import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Caller, Order, Told } from './callers.ts'
import { beside, type WalkedProduct } from './steps.ts'
import { isLacked, parametersOf } from './take.ts'

/** How a process ended, and what it wrote. */
interface Ended {
  readonly failed: boolean
  readonly stdout: string
  readonly stderr: string
}

const seconds = 1000

/** What it says where its metadata have no such operation or parameter, or demand one that is not given; `--force` passes over that. */
const unforced = /is not a valid (?:api|parameter or flag)|required parameters not assigned/

/** A name and its value as words of a command line; what begins as an option does would be taken for one. */
const words = ([name, value]: readonly [string, string]) => (value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value])

function toldBy({ failed, stdout, stderr }: Ended): Told {
  const refused = /^ErrorCode: (.*)$/m.exec(stderr)?.[1]
  if (refused !== undefined) return { refused, message: /^Message: (.*)$/m.exec(stderr)?.[1] ?? '' }
  if (unforced.test(stderr)) return { unknown: true }
  return failed ? { broken: stderr } : { answer: JSON.parse(stdout) as object }
}

/**
 * aliyun-cli as an official client: each call is a process of its own, in an empty home. What its metadata refuse is forced, by beside.json.
 * @param program its binary
 */
export function aliyunCli(program: string): Caller {
  const home = mkdtempSync(join(tmpdir(), 'tanxing-aliyun-'))
  const ask = ({ api, endpoint, accessKeyId, accessKeySecret, regionId, call, with: given }: Order): Promise<Told> => {
    const product = api.replace(/\d+$/, '') as WalkedProduct
    const input = given as Record<string, unknown>
    const forced = isLacked({ call, with: input }, product, beside.forced[product] ?? [])
    const parameters = parametersOf(product, call, input).flatMap(words)
    const place = ['--region', regionId, '--endpoint', endpoint, '--insecure']
    const args = [product, call, ...parameters, ...place, ...(forced ? ['--force'] : [])]
    // What it looks for in the net when it does not know an operation finds no way there.
    const env = {
      HOME: home,
      HTTPS_PROXY: 'http://127.0.0.1:9',
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    }
    return new Promise((resolve) => {
      const settings = { env, timeout: 30 * seconds, maxBuffer: 64 << 20 }
      execFile(program, args, settings, (error, stdout, stderr) =>
        resolve(toldBy({ failed: error !== null, stdout, stderr: stderr || (error?.message ?? '') })),
      )
    })
  }
  return { ask, end: () => rmSync(home, { recursive: true, force: true }) }
}
