import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Credentials } from '../../api/wire.ts'
import { createCloud } from '../cloud.ts'
import { type CallSettings, testCloud, type TestCloud } from '../testing.ts'
import { temporaryFolder } from './testing.ts'

const [first, second, third] = ['1000000000000001', '1000000000000002', '1000000000000003'] as const
const key = (name: string): Credentials => ({ accessKeyId: name, accessKeySecret: `secret of ${name}` })
const accounts = [{ id: first }, { id: second, keys: [key('two'), key('two-more')] }]

const inVpc = { product: 'vpc' } as const
const vpcIds = async ({ call }: TestCloud, as: Credentials | undefined): Promise<string[]> => {
  const settings: CallSettings = { ...inVpc, ...(as && { as }) }
  const { Vpcs } = await call('DescribeVpcs', {}, settings)
  return Vpcs.Vpc.map((vpc: { VpcId: string }) => vpc.VpcId)
}

/** A folder with two accounts, each with VPCs of its own, and a user of the second. */
async function twoAccounts() {
  const data = temporaryFolder()
  const cloud = await testCloud({ data, accounts })
  const [one, two] = cloud.cloud.accounts.map(({ credentials }) => credentials)
  const made: string[][] = [[], []]
  for (const [at, as] of [one, two, one].entries())
    made[as === two ? 1 : 0]?.push((await cloud.call('CreateVpc', { VpcName: `vpc-${at}` }, { ...inVpc, ...(as && { as }) })).VpcId)
  const ofTwo = { product: 'ram', ...(two && { as: two }) } as const
  await cloud.call('CreateUser', { UserName: 'bob' }, ofTwo)
  const { AccessKey } = await cloud.call('CreateAccessKey', { UserName: 'bob' }, ofTwo)
  const bob = { accessKeyId: String(AccessKey.AccessKeyId), accessKeySecret: String(AccessKey.AccessKeySecret) }
  return { data, cloud, one, two, made, bob }
}

/** That each account is as it was left, and sees nothing of the other. */
async function expectBoth(reopened: TestCloud, { one, two, made, bob }: Awaited<ReturnType<typeof twoAccounts>>): Promise<void> {
  const sorted = (ids: readonly string[] = []) => ids.toSorted()
  expect(sorted(await vpcIds(reopened, one))).toEqual(sorted(made[0]))
  expect(sorted(await vpcIds(reopened, two))).toEqual(sorted(made[1]))
  expect(sorted(await vpcIds(reopened, key('two-more')))).toEqual(sorted(made[1]))
  const identity = await reopened.call('GetCallerIdentity', {}, { product: 'sts', as: bob })
  expect(identity).toMatchObject({ AccountId: second, IdentityType: 'RAMUser' })
}

test.each([
  ['the same accounts', { accounts }],
  ['no accounts', {}],
  ['the second one alone by its id, after the first', { accounts: [{}, { id: second }] }],
])('a folder with several accounts goes on with all of them when it is opened with %s', async (_name, options) => {
  const left = await twoAccounts()
  const before = left.cloud.cloud.accounts
  await left.cloud.cloud.close()
  const reopened = await testCloud({ data: left.data, ...options })
  expect(reopened.cloud.accounts).toEqual(before)
  expect(reopened.cloud.accountId).toBe(first)
  await expectBoth(reopened, left)
  await reopened.cloud.close()
})

test('a folder with several accounts is whole after its process was killed', async () => {
  const left = await twoAccounts()
  // What a crash leaves is what is in the file.
  const data = join(temporaryFolder(), 'data')
  cpSync(left.data, data, { recursive: true })
  const before = left.cloud.cloud.accounts
  await left.cloud.cloud.close()
  const reopened = await testCloud({ data })
  expect(reopened.cloud.accounts).toEqual(before)
  await expectBoth(reopened, left)
  await reopened.cloud.close()
})

test('an account that is asked for besides is added, with new keys for one that was there, and stays', async () => {
  const left = await twoAccounts()
  await left.cloud.cloud.close()
  const more = [{ id: first }, { id: second, keys: [key('new')] }, { id: third, keys: [key('three')] }]
  const reopened = await testCloud({ data: left.data, accounts: more })
  expect(reopened.cloud.accounts).toMatchObject([
    { id: first },
    { id: second, credentials: key('new') },
    { id: third, credentials: key('three') },
  ])
  await expectBoth(reopened, left)
  expect(await vpcIds(reopened, key('new'))).toEqual(left.made[1]?.toReversed())
  expect(await vpcIds(reopened, key('three'))).toEqual([])
  await reopened.cloud.close()
  const again = await testCloud({ data: left.data })
  expect(again.cloud.accounts.map(({ id }) => id)).toEqual([first, second, third])
  expect(await vpcIds(again, key('three'))).toEqual([])
  await again.cloud.close()
})

test('another first account is refused, and the folder left as it was', async () => {
  const left = await twoAccounts()
  await left.cloud.cloud.close()
  await expect(createCloud({ data: left.data, accounts: [{ id: second }, { id: first }] })).rejects.toThrow(
    `the first account of the cloud is ${first}`,
  )
  const reopened = await testCloud({ data: left.data })
  await expectBoth(reopened, left)
  await reopened.cloud.close()
})

test('an account whose own key was made inactive has another one that works when it is opened', async () => {
  const left = await twoAccounts()
  const inactive = { UserAccessKeyId: 'two', Status: 'Inactive' }
  await left.cloud.call('UpdateAccessKey', inactive, { product: 'ram', as: key('two-more') })
  await left.cloud.cloud.close()
  const reopened = await testCloud({ data: left.data })
  expect(reopened.cloud.accounts[1]?.credentials).toEqual(key('two-more'))
  expect(await vpcIds(reopened, key('two-more'))).toEqual(left.made[1]?.toReversed())
  await reopened.cloud.close()
})

test('snapshots, reset and an exported file keep the accounts across a restart', async () => {
  const left = await twoAccounts()
  const { cloud } = left.cloud
  await cloud.snapshots.take('both')
  const file = cloud.exportState()
  cloud.reset()
  expect(cloud.accounts.map(({ id }) => id)).toEqual([first, second])
  expect(await vpcIds(left.cloud, left.two)).toEqual([])
  await cloud.saved()
  await cloud.close()

  const reopened = await testCloud({ data: left.data })
  expect(reopened.cloud.accounts.map(({ id }) => id)).toEqual([first, second])
  await reopened.cloud.snapshots.restore('both')
  const [one, two] = reopened.cloud.accounts.map(({ credentials }) => credentials)
  expect(await vpcIds(reopened, one)).toEqual(left.made[0]?.toReversed())
  expect(await vpcIds(reopened, two)).toEqual(left.made[1]?.toReversed())
  await reopened.cloud.close()

  const later = await testCloud({ data: left.data })
  await expectBoth(later, left)
  later.cloud.reset()
  await later.cloud.importState(file)
  await later.cloud.close()
  const last = await testCloud({ data: left.data })
  expect(await vpcIds(last, last.cloud.accounts[1]?.credentials)).toEqual(left.made[1]?.toReversed())
  await last.cloud.close()
})
