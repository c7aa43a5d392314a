import type * as Ecs from '../../api/generated/ecs.ts'
import { type Command, connection } from '../command.ts'
import { connect } from '../connect.ts'
import { exit } from '../errors.ts'
import { type Listing, outputOptions, printList } from '../output.ts'

type Region = Ecs.DescribeRegionsResult['Regions']['Region'][number]

const listing: Listing<Region> = {
  id: (region) => region.RegionId,
  columns: {
    ID: (region) => region.RegionId,
    NAME: (region) => region.LocalName,
    ENDPOINT: (region) => region.RegionEndpoint,
    STATUS: (region) => region.Status,
  },
}

/** `tanxing regions list`: every region the account may use. */
export const command: Command = {
  options: { ...connection, ...outputOptions },
  async run(invocation) {
    const { ecs } = await connect(invocation)
    const { Regions } = await ecs.describeRegions({ AcceptLanguage: invocation.language === 'zh' ? 'zh-CN' : 'en-US' })
    await printList(Regions.Region, listing, invocation)
    return exit.done
  },
}
