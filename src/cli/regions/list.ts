import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, openOutput, outputOptions } from '../output.ts'

type Region = Ecs.DescribeRegionsResult['Regions']['Region'][number]

const listing: Listing<Region> = {
  id: (region) => region.RegionId,
  columns: [
    { head: { en: 'ID', zh: '地域 ID' }, cell: (region) => region.RegionId },
    { head: { en: 'NAME', zh: '名称' }, cell: (region) => region.LocalName },
    { head: { en: 'ENDPOINT', zh: '端点' }, cell: (region) => region.RegionEndpoint },
    { head: { en: 'STATUS', zh: '状态' }, cell: (region) => region.Status },
  ],
}

/** `tanxing regions list`: every region the account may use. */
export const command: Command = {
  options: { ...connection, ...outputOptions },
  async run(invocation) {
    const { world, language } = invocation
    const print = await openOutput(listing, invocation)
    const { ecs } = await connect(invocation)
    const { Regions } = await ecs.describeRegions({ AcceptLanguage: language === 'zh' ? 'zh-CN' : 'en-US' }, { signal: world.signal })
    await print(Regions.Region)
    return exit.done
  },
}
