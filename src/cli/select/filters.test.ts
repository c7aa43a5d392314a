import { describe, expect, it } from 'vitest'
import type { Values } from '../command.ts'
import { type Filters, filterInput } from './filters.ts'

const filters: Filters = {
  status: { parameter: 'Status', choices: ['Running', 'Stopped'] },
  'private-ip': { parameter: 'PrivateIpAddresses', list: true },
  zone: { parameter: 'ZoneId' },
}

const values = (filter: readonly string[], tag: readonly string[] = []): Values => ({
  text: () => undefined,
  list: (name) => (name === 'filter' ? filter : tag),
  flag: () => false,
})

describe('filters', () => {
  it('become the input of the listing, choices in any letter case', () => {
    expect(filterInput(values(['status=running', 'private-ip=10.0.0.1', 'private-ip=10.0.0.2'], ['env=a=b', 'app']), filters)).toEqual({
      Status: 'Running',
      PrivateIpAddresses: ['10.0.0.1', '10.0.0.2'],
      Tag: [{ Key: 'env', Value: 'a=b' }, { Key: 'app' }],
    })
  })

  it.each([
    [['sttus=running'], 'there is no filter sttus; did you mean status? (status, private-ip, zone)'],
    [['constructor=x'], 'there is no filter constructor (status, private-ip, zone)'],
    [['status=gone'], '--filter status is one of Running, Stopped'],
    [['zone='], '--filter zone needs a value'],
    [['zone=a', 'zone=b'], '--filter zone is given twice'],
    [['=a'], '--filter is KEY=VALUE'],
  ])('%j is refused', (given, message) => {
    expect(() => filterInput(values(given), filters)).toThrow(expect.objectContaining({ message, exitCode: 2 }))
  })
})
