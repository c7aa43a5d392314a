import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'

type Zone = Ecs.DescribeZonesResult['Zones']['Zone'][number]

const listing: Listing<Zone> = {
  id: ({ ZoneId }) => ZoneId,
  columns: [
    { head: { en: 'ID', zh: '可用区 ID' }, cell: ({ ZoneId }) => ZoneId },
    { head: { en: 'NAME', zh: '名称' }, cell: ({ LocalName }) => LocalName },
    { head: { en: 'TYPE', zh: '类型' }, cell: ({ ZoneType }) => ZoneType, extra: true },
  ],
}

/** `tanxing zones list`: every zone of the region. */
export const command: Command = {
  options: { ...connection, ...outputOptions },
  async run(invocation) {
    const { world, language } = invocation
    const print = await openOutput(listing, invocation)
    const { ecs } = await connect(invocation)
    const { Zones } = await ecs.describeZones({ AcceptLanguage: language === 'zh' ? 'zh-CN' : 'en-US' }, { signal: world.signal })
    await print(Zones.Zone)
    return exit.done
  },
}
