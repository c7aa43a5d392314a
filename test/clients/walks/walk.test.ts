import { describe, expect, it } from 'vitest'
import { EcsClient } from '../../../src/client/index.ts'
import type { Caller, Order, Told } from './callers.ts'
import type { Step } from './steps.ts'
import { walk } from './walk.ts'

type Distort = { readonly order?: (order: Order) => Order; readonly told?: (told: Told) => Told }

/** The project's client in place of an official one; what goes in and comes out may be other than it should. */
function caller({ order: before = (order) => order, told: after = (told) => told }: Distort = {}): Caller {
  const ask = async (given: Order): Promise<Told> => {
    const { endpoint, accessKeyId, accessKeySecret, regionId, call, with: input } = before(given)
    const ecs = new EcsClient({ endpoint: `http://${endpoint}`, regionId, credentials: { accessKeyId, accessKeySecret } })
    return ecs.call(call, input).then(
      (answer) => after({ answer: answer as object }),
      (error: unknown) => after({ refused: (error as { code: string }).code, message: (error as Error).message }),
    )
  }
  return { ask, end: () => undefined }
}

const answering = (change: (answer: Record<string, unknown>) => object): Distort => ({
  told: (told) => ('answer' in told ? { answer: change(told.answer as Record<string, unknown>) } : told),
})

const sending = (input: object): Distort => ({ order: (order) => ({ ...order, with: { KeyPairName: 'mine', ...input } }) })

const make: Step = { call: 'CreateKeyPair', with: { KeyPairName: 'mine', ResourceGroupId: 'rg-1' }, keep: { print: 'KeyPairFingerPrint' } }
const again = { call: 'CreateKeyPair', with: { KeyPairName: 'mine' } }
const find: Step = { call: 'DescribeKeyPairs', with: { KeyPairFingerPrint: '$print' }, expect: { TotalCount: 1 } }
const failure = (steps: readonly Step[], distort?: Distort, client = 'Node.js') =>
  walk({ product: 'ecs', steps }, client, caller(distort)).then(
    () => 'it got to its end',
    (error: unknown) => (error as Error).message,
  )

describe('a walk', () => {
  it('ends where every step is as it says', async () => {
    expect(await failure([make, { ...again, refused: 'KeyPair.AlreadyExist' }, find])).toBe('it got to its end')
  })

  it.for<[title: string, steps: readonly Step[], message: string]>([
    ['an answer is otherwise', [make, { ...find, expect: { TotalCount: 2 } }], 'step 2.*TotalCount is 1, not 2'],
    ['an answer lacks something', [{ ...make, expect: { KeyPairs: '*' } }], 'KeyPairs is undefined, not "\\*"'],
    ['a call is carried out that should be refused', [{ ...make, refused: 'KeyPair.AlreadyExist' }], 'CreateKeyPair was carried out'],
    ['a call is refused', [make, make], 'step 2.*KeyPair.AlreadyExist'],
    ['a call is refused with another code', [make, { ...again, refused: 'Other' }], "'KeyPair.AlreadyExist' to be 'Other'"],
    ['nothing was kept by the name', [find], 'nothing was kept as print'],
    ['there is nothing to keep', [{ ...make, keep: { id: 'Nothing' } }], 'there is nothing to keep at Nothing'],
    ['a state is never reached', [{ call: 'DescribeKeyPairs', until: { TotalCount: 1 } }], 'DescribeKeyPairs never got there'],
    ['there is no such operation', [{ call: 'MakeKeyPair' }], 'there is no operation MakeKeyPair'],
    ['the control plane refuses', [{ control: 'POST /_local/locks', with: { instanceId: 'i-none', reason: 'security' } }], 'no instance'],
  ])('fails where %s', async ([, steps, message]) => {
    expect(await failure(steps)).toMatch(new RegExp(message))
  })

  it.for<[title: string, distort: Distort, message: string]>([
    ['does not send what it was given', sending({}), 'ResourceGroupId does not arrive'],
    ['sends another value', sending({ ResourceGroupId: 'rg-2' }), 'ResourceGroupId is rg-1 and arrives as rg-2'],
    ['reads another value', answering((answer) => ({ ...answer, KeyPairName: 'other' })), 'KeyPairName is "mine" and read as "other"'],
    ['does not know a field', answering(({ KeyPairId: _unknown, ...rest }) => rest), 'KeyPairId is not read'],
    ['does not know the operation', { told: () => ({ unknown: true }) }, 'not in this version of the client'],
    ['breaks', { told: () => ({ broken: 'a stack' }) }, 'the client broke: a stack'],
  ])('fails where the client %s', async ([, distort, message]) => {
    expect(await failure([make], distort)).toMatch(new RegExp(message))
  })

  it('passes over fields that a client of another time does not know', async () => {
    const older = answering(({ KeyPairId: _unknown, ...rest }) => rest)
    expect(await failure([make], older, 'Java')).toBe('it got to its end')
  })
})
