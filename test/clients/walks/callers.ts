import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { imports, program } from '../tanxing-run.ts'
import { aliyunCli } from './aliyun-cli.ts'

/** One line to a caller. */
export interface Order {
  /** As the packages are called, such as `ecs20140526`. */
  readonly api: string
  /** Host and port. */
  readonly endpoint: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly regionId: string
  readonly call: string
  /** By the catalogue's names. */
  readonly with: object
}

/** One line from a caller: the answer as the client's typed model has it, under wire names. */
export type Told =
  | { readonly answer: object }
  | { readonly refused: string; readonly message: string }
  | { readonly unknown: true }
  | { readonly broken: string }

/** An official client. */
export interface Client {
  readonly name: string
  /** The variable that says how to run it; .ci/run sets it, unless it has not got the client. */
  readonly variable?: string
  /** Why CI has not got it. */
  readonly notInCi?: string
  /** Starts it, from what the variable says. Rejects with why it cannot be run. */
  readonly start: (set: string) => Promise<Caller>
}

const started = (command: readonly string[]) => Promise.resolve(startCaller(command))

/** Why tests of aliyun-cli are skipped. */
export const withoutAliyun = 'TANXING_ALIYUN names no aliyun-cli: docs/clients.md tells how to run this'

export const clients: readonly Client[] = [
  { name: 'Node.js', start: () => started([process.execPath, program('node', 'caller.cjs')]) },
  {
    name: 'Python',
    variable: 'TANXING_PYTHON_TODAY',
    start: async (set) => {
      if (!(await imports(set, 'alibabacloud_ecs20140526'))) throw new Error(`${set} does not import alibabacloud_ecs20140526`)
      return startCaller([set, program('python', 'caller.py')])
    },
  },
  { name: 'Java', variable: 'TANXING_JAVA_CLASSES', start: (set) => started(['java', '-cp', set, 'Caller']) },
  { name: 'Go', variable: 'TANXING_GO_CALLER', start: (set) => started([set]) },
  {
    name: 'aliyun-cli',
    variable: 'TANXING_ALIYUN',
    notInCi: withoutAliyun,
    start: (set) => Promise.resolve(aliyunCli(set)),
  },
]

/** A client that runs, or why it does not. */
export function startClient({ variable, notInCi, start }: Client): Promise<Caller | Error> {
  const set = variable === undefined ? '' : process.env[variable]
  if (set === undefined) return Promise.resolve(new Error(notInCi ?? `${variable} is not set; .ci/run makes what it leads to`))
  return start(set).catch((error: unknown) => error as Error)
}

export interface Caller {
  /** One at a time. Rejects when the process ends, with what it wrote. */
  ask(order: Order): Promise<Told>
  end(): void
}

/** Starts a client in a process of its own, which finds requests and methods by reflection over its classes. */
export function startCaller([file = '', ...args]: readonly string[]): Caller {
  const child: ChildProcess = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let errors = ''
  let waiting: { readonly resolve: (told: Told) => void; readonly reject: (error: Error) => void } | undefined
  const fail = (why: string) => waiting?.reject(new Error(`${file}: ${why} ${errors.slice(-2_000)}`))
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-8_000)))
  child.on('error', (error) => fail(error.message))
  child.on('exit', () => fail('it ended'))
  const hear = (line: string) => {
    try {
      waiting?.resolve(JSON.parse(line) as Told)
    } catch {
      fail(`it said ${line.slice(0, 500)}`)
    }
  }
  if (child.stdout) createInterface({ input: child.stdout }).on('line', hear)
  return {
    ask: (order) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        child.stdin?.write(`${JSON.stringify(order)}\n`)
      }),
    end: () => void child.kill(),
  }
}
