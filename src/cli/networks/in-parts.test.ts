import { expect, it } from 'vitest'
import { collect } from '../output.ts'
import { inParts } from './in-parts.ts'

async function* told(part: object): AsyncGenerator<object> {
  yield await Promise.resolve(part)
}

it('ids are read so many at a time, in their order, and other inputs as they are', async () => {
  const parts = (input: object) => collect(inParts(input, 'VpcId', 2, told))
  expect(await parts({ VpcId: 'a,b,c', Zone: 'k' })).toEqual([
    { VpcId: 'a,b', Zone: 'k' },
    { VpcId: 'c', Zone: 'k' },
  ])
  expect(await parts({ VpcId: 'a,b' })).toEqual([{ VpcId: 'a,b' }])
  expect(await parts({ VpcName: 'a,b,c' })).toEqual([{ VpcName: 'a,b,c' }])
})
