import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderJson } from '../api/render.ts'
import { giveBack } from './desk.ts'
import { instanceTexts } from './ecs/instance/own-texts.ts'
import { instanceView, instanceWithMetadataView } from './ecs/instance/view.ts'
import type { Instance } from './ecs/records.ts'
import { listed, listPieces } from './rows.ts'
import { cloudWithNetwork } from './testing.ts'

const textOf = <R extends object>(...list: Parameters<typeof listed<R, unknown>>): string => {
  const { pieces, desk } = listPieces(listed(...list))
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece)))
  if (desk !== undefined) giveBack(desk)
  return Buffer.concat(bytes).toString()
}

describe('the JSON of a list', () => {
  test('is that of its rows, whichever of them were shown before and beside what', () => {
    const rows = Array.from({ length: 40 }, (_, number) => ({ number, text: `行 ${number}` }))
    const view = (row: (typeof rows)[number]) => ({ N: row.number, T: row.text })
    const some = fc.array(fc.nat({ max: 39 }), { maxLength: 30 })
    fc.assert(
      fc.property(some, (chosen) => {
        const listing = chosen.map((at) => rows[at] as (typeof rows)[number])
        const wanted = listing.map((row) => renderJson(view(row))).join()
        expect(textOf(listing, view)).toBe(wanted)
      }),
    )
  })

  test('is that of its rows as they are now, however often parts of a long one are read and rows of it replaced', () => {
    const view = ({ text }: { readonly text: string }) => ({ T: text })
    const part = fc.record({ from: fc.nat({ max: 60 }), count: fc.constantFrom(1, 2, 20, 60) })
    const change = fc.record({ at: fc.nat({ max: 59 }), text: fc.string({ unit: 'grapheme', maxLength: 2000 }) })
    fc.assert(
      fc.property(fc.array(fc.oneof(part, part, change), { maxLength: 60 }), (steps) => {
        const rows = Array.from({ length: 60 }, (_, number) => ({ text: `${number} ${'云'.repeat(400)}` }))
        for (const step of steps) {
          if ('at' in step) {
            rows[step.at] = { text: step.text }
            continue
          }
          const listing = rows.slice(step.from, step.from + step.count)
          expect(textOf(listing, view)).toBe(listing.map((row) => renderJson(view(row))).join())
        }
      }),
    )
  })

  test('of instances is what their view gives, put together from ready text or not, whatever stands in it', async () => {
    const { running, launch, cloud } = await cloudWithNetwork()
    await running({ Amount: 2, Tag: [{ Key: 'env', Value: 'prod' }] })
    await launch({ InstanceName: '前端 "web"', Description: '\\ \u007f \u2028', UserData: 'aGk=' })
    const { tables } = JSON.parse(Buffer.from(cloud.exportState()).toString()) as { tables: { instances: Instance[] } }
    const like = tables.instances
    expect(like).toHaveLength(3)
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('', 'web-1', '\u007fown-name\u007f', 'i-1', '9998-11-12T13:14Z', '"', '\\u0041', '桌'),
    )
    const changes = fc.record({
      at: fc.nat(),
      id: fc.stringMatching(/^i-[a-z0-9]{20}$/),
      instanceName: text,
      description: text,
      tags: fc.array(fc.record({ key: text, value: text }), { maxLength: 3 }),
      publicIpAddress: fc.constantFrom('', '198.18.0.1'),
      securityGroupIds: fc.array(fc.constantFrom('sg-1', 'sg-2', '9998-11-12T13:14Z'), { maxLength: 3 }),
      startedAt: fc.constantFrom(undefined, 0, Date.UTC(2026, 1, 3), Date.UTC(9998, 10, 12, 13, 14)),
      status: fc.constantFrom('Running' as const, 'Stopped' as const),
      stoppedMode: text,
    })
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 12 }), (all) => {
        const rows = all.map(({ at, ...fields }): Instance => ({ ...(like[at % like.length] as Instance), ...fields }))
        for (const view of [instanceView, instanceWithMetadataView])
          expect(JSON.parse(`[${textOf(rows, view, instanceTexts)}]`)).toEqual(rows.map((row) => JSON.parse(renderJson(view(row)))))
      }),
      { numRuns: 300 },
    )
  })
})
