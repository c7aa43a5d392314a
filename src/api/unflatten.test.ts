import { describe, expect, it } from 'vitest'
import type { Operation } from './shape.ts'
import { unflatten } from './unflatten.ts'

const operation: Operation = {
  input: {
    RegionId: 'string',
    Name: 'string',
    Amount: 'number',
    SpotPriceLimit: 'number',
    DryRun: 'boolean',
    InstanceId: ['string'],
    InstanceIds: ['string'],
    Tag: [{ Key: 'string', Value: 'string' }],
    SystemDisk: { Size: 'number', Category: 'string' },
    NetworkInterface: [{ SecurityGroupIds: ['string'] }],
    Parameters: { '*': 'string' },
    Window: { Ranges: [{ Start: 'string', Days: 'number', On: 'boolean' }] },
    Names: ['string'],
  },
  json: ['InstanceIds', 'Parameters', 'Window'],
  comma: ['Names'],
  output: {},
}

const read = (parameters: Record<string, string>, facts: Partial<Operation> = {}) =>
  unflatten(Object.entries(parameters), { ...operation, ...facts })
const value = (parameters: Record<string, string>) => read(parameters).value
const problems = (parameters: Record<string, string>, facts: Partial<Operation> = {}) => read(parameters, facts).problems

describe('lists', () => {
  it('sorts indices as numbers and closes gaps', () => {
    expect(value({ 'InstanceId.10': 'j', 'InstanceId.2': 'b', 'InstanceId.9999': 'z' })).toEqual({ InstanceId: ['b', 'j', 'z'] })
  })

  it('reads a list that is numbered from 0', () => {
    expect(value({ 'InstanceId.1': 'b', 'InstanceId.0': 'a' })).toEqual({ InstanceId: ['a', 'b'] })
  })

  it.each(['InstanceId.00', 'InstanceId.10000', 'InstanceId.01', 'InstanceId.-1', 'InstanceId.x', 'InstanceId.', 'InstanceId.1e3'])(
    'refuses the index of %s',
    (name) => {
      expect(problems({ [name]: 'i' })).toEqual([{ path: 'InstanceId', kind: 'index' }])
    },
  )

  it('reads lists inside objects inside lists', () => {
    expect(
      value({
        'NetworkInterface.2.SecurityGroupIds.1': 'c',
        'NetworkInterface.1.SecurityGroupIds.2': 'b',
        'NetworkInterface.1.SecurityGroupIds.1': 'a',
      }),
    ).toEqual({
      NetworkInterface: [{ SecurityGroupIds: ['a', 'b'] }, { SecurityGroupIds: ['c'] }],
    })
  })

  it('refuses a bare text for a repeat list, JSON or not, and takes an empty one as not given', () => {
    expect(problems({ InstanceId: 'i-1' })).toEqual([{ path: 'InstanceId', kind: 'type' }])
    expect(problems({ InstanceId: '["i-1"]' })).toEqual([{ path: 'InstanceId', kind: 'type' }])
    expect(read({ InstanceId: '' })).toEqual({ value: {}, unknown: [], problems: [] })
  })

  it('takes the deprecated lower-case spelling of a tag', () => {
    expect(value({ 'Tag.1.key': 'env', 'Tag.1.value': '' })).toEqual({ Tag: [{ Key: 'env', Value: '' }] })
    expect(problems({ 'Tag.1.key': 'a', 'Tag.1.Key': 'b' })).toEqual([{ path: 'Tag.Key', kind: 'conflict' }])
  })

  it('splits where the operation takes commas', () => {
    expect(value({ Names: 'a,b' })).toEqual({ Names: ['a', 'b'] })
  })
})

describe('scalars', () => {
  it.each([
    ['True', true],
    ['FALSE', false],
  ])('reads the boolean %s', (text, expected) => {
    expect(value({ DryRun: text })).toEqual({ DryRun: expected })
  })

  it.each(['yes', '1', ' true'])('refuses the boolean %j', (text) => {
    expect(problems({ DryRun: text })).toEqual([{ path: 'DryRun', kind: 'type' }])
  })

  it.each([
    ['0', 0],
    ['-12', -12],
    ['5.', 5],
    ['007', 7],
    ['9223372036854774784', 9223372036854774784],
  ])('reads the number %s', (text, expected) => {
    expect(value({ Amount: text })).toEqual({ Amount: expected })
  })

  it.each(['1e3', '0x10', 'NaN', 'Infinity', ' 1', '1,5', '.', '-', '+1', '１', '1.5', '9223372036854775808'])(
    'refuses the number %j',
    (text) => {
      expect(problems({ Amount: text })).toEqual([{ path: 'Amount', kind: 'type' }])
    },
  )

  it('reads a price with its fraction', () => {
    expect(value({ SpotPriceLimit: '0.035' })).toEqual({ SpotPriceLimit: 0.035 })
  })

  it('refuses a number too big to be one', () => {
    expect(problems({ Amount: '9'.repeat(400) })).toEqual([{ path: 'Amount', kind: 'type' }])
  })

  it('takes an empty text as a text, and as no number and no boolean', () => {
    expect(read({ Name: '', Amount: '', DryRun: '' })).toEqual({ value: { Name: '' }, unknown: [], problems: [] })
  })

  it('names the place of a wrong value without indices, once', () => {
    expect(problems({ 'SystemDisk.Size': 'big' })).toEqual([{ path: 'SystemDisk.Size', kind: 'type' }])
    expect(problems({ 'InstanceId.x': '', 'InstanceId.y': '' })).toHaveLength(1)
  })
})

describe('JSON in one string', () => {
  it('reads a list of texts, numbers among them as texts', () => {
    expect(value({ InstanceIds: '["i-1", 2]' })).toEqual({ InstanceIds: ['i-1', '2'] })
    expect(value({ InstanceIds: '[]' })).toEqual({ InstanceIds: [] })
  })

  it.each(['i-1', '"i-1"', '{}', '[["i-1"]]', '[{}]', '[null]', 'null', '["i-1"', '['.repeat(40)])('refuses %j as a list', (text) => {
    expect(problems({ InstanceIds: text })).toEqual([{ path: 'InstanceIds', kind: 'json' }])
  })

  it.each(['"0x10"', '"1e3"', '" 1"', '""', 'true'])('refuses %s as a number', (days) => {
    expect(problems({ Window: `{"Ranges":[{"Days":${days}}]}` })).toEqual([{ path: 'Window', kind: 'json' }])
  })

  it('checks objects to the bottom', () => {
    expect(value({ Window: '{"Ranges":[{"Start":"a","Days":"3","On":true,"Else":1}]}' })).toEqual({
      Window: { Ranges: [{ Start: 'a', Days: 3, On: true }] },
    })
    for (const text of ['{"Ranges":{}}', '{"Ranges":[1]}', '{"Ranges":[{"Days":"x"}]}', '{"Ranges":[{"Start":{}}]}', '[]', '1'])
      expect(problems({ Window: text })).toEqual([{ path: 'Window', kind: 'json' }])
  })

  it('takes a list of texts in single quotes, as Python prints one, and no other thing in them', () => {
    expect(value({ InstanceIds: "['i-1', 'i-2']" })).toEqual({ InstanceIds: ['i-1', 'i-2'] })
    for (const text of ["['i-1',]", `['i-"1']`, "['i-1' 'i-2']", "{'a': 'b'}", "'i-1'", "[['i-1']]", "['i\\'1']", "['i-1'"])
      expect(problems({ InstanceIds: text })).toEqual([{ path: 'InstanceIds', kind: 'json' }])
  })

  it('refuses JSON that is nested without end', () => {
    expect(problems({ InstanceIds: '['.repeat(1_000_000) })).toEqual([{ path: 'InstanceIds', kind: 'json' }])
    expect(problems({ InstanceIds: '['.repeat(1_000_000) + ']'.repeat(1_000_000) })).toEqual([{ path: 'InstanceIds', kind: 'json' }])
  })

  it('reads a map from JSON, from plain names and from names with the key’s length', () => {
    const expected = { Parameters: { a: '1', 'b.c': '2' } }
    expect(value({ Parameters: '{"a":"1","b.c":"2"}' })).toEqual(expected)
    expect(value({ 'Parameters.a': '1', 'Parameters.b.c': '2' })).toEqual(expected)
    expect(value({ 'Parameters.#1#a': '1', 'Parameters.#3#b.c': '2' })).toEqual(expected)
  })
})

describe('names', () => {
  it('lists undeclared names as given, but not common parameters', () => {
    const names = [
      'Action',
      'Version',
      'Format',
      'AccessKeyId',
      'Signature',
      'SignatureNonce',
      'Timestamp',
      'OwnerId',
      'SecurityToken',
      'BearerToken',
    ]
    expect(read(Object.fromEntries(names.map((name) => [name, 'x'])), { input: {} })).toEqual({ value: {}, unknown: [], problems: [] })
    const odd = { Colour: 'red', 'Tag.1.Colour': 'red', 'Name.1': 'x', name: 'x', '': 'x', 'SystemDisk.Size.x': '1', SignatureX: 'x' }
    expect(read(odd)).toEqual({ value: {}, unknown: Object.keys(odd), problems: [] })
  })

  it.each(['__proto__', 'constructor', 'toString', '__proto__.polluted', 'Tag.1.__proto__.polluted', 'SystemDisk.__proto__', '*'])(
    'takes %s as just another undeclared name',
    (name) => {
      expect(unflatten([[name, 'yes']], operation)).toEqual({ value: {}, unknown: [name], problems: [] })
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )

  it('keeps a map’s key __proto__ as a key', () => {
    const { Parameters } = unflatten([['Parameters.__proto__', 'x']], operation).value
    expect(Object.entries(Parameters as object)).toEqual([['__proto__', 'x']])
    expect(Object.getPrototypeOf(Parameters)).toBe(Object.prototype)
  })

  it('begins nothing for a name that leads nowhere or a number that is not given', () => {
    expect(value({ 'SystemDisk.Colour': 'red', 'Tag.1.Colour': 'red', 'Window.Ranges.1.Days': '' })).toEqual({})
  })

  it('tells a value and parts given for the same name as a conflict', () => {
    expect(problems({ Parameters: '{"a":"1"}', 'Parameters.b': '2' })).toEqual([{ path: 'Parameters', kind: 'conflict' }])
    expect(problems({ 'InstanceIds.1': 'i-1', InstanceIds: '["i-2"]' })).toEqual([{ path: 'InstanceIds', kind: 'conflict' }])
    expect(
      unflatten(
        [
          ['Name', 'a'],
          ['Name', 'b'],
        ],
        operation,
      ).problems,
    ).toEqual([{ path: 'Name', kind: 'conflict' }])
  })
})

describe('required parameters', () => {
  it('tells what is missing, an empty text included', () => {
    const facts = { required: ['RegionId', 'Amount'] }
    expect(problems({}, facts)).toEqual([
      { path: 'RegionId', kind: 'missing' },
      { path: 'Amount', kind: 'missing' },
    ])
    expect(problems({ RegionId: '', Amount: '1' }, facts)).toEqual([{ path: 'RegionId', kind: 'missing' }])
  })

  it('checks a field in each item that is there', () => {
    const facts = { required: ['Tag.Key', 'Tag.Value'] }
    expect(problems({}, facts)).toEqual([])
    expect(problems({ 'Tag.1.Key': 'a', 'Tag.1.Value': '', 'Tag.2.Value': 'b' }, facts)).toEqual([{ path: 'Tag.Key', kind: 'missing' }])
  })

  it('wants a field of a flat object always, one of a JSON object when the object is there', () => {
    const facts = { required: ['SystemDisk.Category', 'Window.Ranges'] }
    expect(problems({}, facts)).toEqual([{ path: 'SystemDisk.Category', kind: 'missing' }])
    expect(problems({ 'SystemDisk.Category': 'cloud', Window: '{}' }, facts)).toEqual([{ path: 'Window.Ranges', kind: 'missing' }])
  })

  it('tells a wrong value once, not as missing too', () => {
    expect(problems({ Amount: 'x' }, { required: ['Amount'] })).toEqual([{ path: 'Amount', kind: 'type' }])
  })
})

describe('hostile input', () => {
  it('reads ten times as many parameters in about ten times the time', () => {
    const parameters = (count: number) =>
      Array.from({ length: count }, (_, at): [string, string] =>
        at % 3 === 0 ? [`Tag.${(at % 9999) + 1}.Key`, 'x'] : at % 3 === 1 ? [`Odd.${at}`, 'x'] : [`Parameters.${at}`, 'x'],
      )
    const time = (count: number) => {
      const pairs = parameters(count)
      const runs = Array.from({ length: 5 }, () => {
        const start = performance.now()
        unflatten(pairs, { ...operation, required: ['Tag.Value'] })
        return performance.now() - start
      })
      return Math.min(...runs)
    }
    time(1000)
    expect(time(10_000) / time(1000)).toBeLessThan(60)
  })

  it('reads a name of a million dots', () => {
    expect(read({ [`Tag.1${'.a'.repeat(1_000_000)}`]: 'x' }).unknown).toHaveLength(1)
  })
})
