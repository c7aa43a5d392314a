import { expect, it } from 'vitest'
import { createRandom } from './engine/random.ts'
import { instanceIdOf, newId, primaryInterfaceId } from './ids.ts'

it('the id of a primary interface tells its instance’s, has the form of its kind, and does not look like it', () => {
  const random = createRandom('ids')
  for (let at = 0; at < 100; at++) {
    const id = newId('i', 'cn-hangzhou', random)
    const eni = primaryInterfaceId(id)
    expect(eni).toMatch(/^eni-bp1[0-9a-z]{17}$/)
    expect(eni.slice(4)).not.toBe(id.slice(2))
    expect(instanceIdOf(eni)).toBe(id)
  }
})
