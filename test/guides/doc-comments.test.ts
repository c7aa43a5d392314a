import { expect, it } from 'vitest'
import { publicNames } from './public-names.ts'

const names = publicNames('src/client/index.ts')

it('every public name of the client, and each of its members, has a doc comment', () => {
  expect(names.length).toBeGreaterThan(100)
  const bare = names.filter(({ comment }) => comment === undefined || comment === '')
  expect(bare.map(({ name, file }) => `${file}: ${name}`)).toEqual([])
})

const functions = ['acrossRegions', 'acrossProfiles', 'profileNames', 'failures', 'throwIfAny', 'paces']
const methods = ['paginate', 'pages', 'bulk', 'waitUntil', 'call', 'inRegion'].map((method) => `EcsClient.${method}`)
const clients = ['EcsClient', 'VpcClient', 'RamClient', 'StsClient']

it.each([...clients, ...methods, ...functions])('%s shows an example', (entry) => {
  expect(names.find(({ name }) => name === entry)?.comment).toMatch(/@example[\s\S]+\w/)
})
