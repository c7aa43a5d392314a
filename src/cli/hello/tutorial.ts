import type { AnswerEvent } from '../../client/index.ts'
import type { Invocation } from '../command.ts'
import type { Connection } from '../connect.ts'
import { fileWriter, logLine, placeOf } from '../log.ts'

/**
 * A client's `onAnswer` which logs every raw answer as the tutorial does: to `--log-file`, else to stderr.
 * @param most of an answer, characters; all by default
 * @throws CommandError when the file cannot be written
 */
export function answerLog({ world, values }: Invocation, most = Number.POSITIVE_INFINITY): (event: AnswerEvent) => void {
  const path = values.text('log-file')
  const write = path === undefined ? world.stderr : fileWriter(path)
  return ({ status, text }) => {
    const shown = text.length > most ? `${text.slice(0, most)}…` : text
    write(logLine(world.now(), placeOf(new Error().stack), status < 400 ? 'INFO' : 'ERROR', shown))
  }
}

/** The tutorial's three steps: regions, then instances and disks of the current region, each to its last page. */
export async function tutorial({ ecs, regionId }: Pick<Connection, 'ecs' | 'regionId'>, { world }: Invocation): Promise<void> {
  const print = (line: string) => world.stdout(`${line}\n`)
  const { signal } = world
  const { Regions } = await ecs.describeRegions({}, { signal })
  for (const region of Regions.Region) print(region.RegionId)

  const instances: string[] = []
  for await (const { InstanceId } of ecs.paginate('DescribeInstances', {}, { signal })) instances.push(InstanceId)
  print(`current region ${regionId}`)
  print(`current region include instance [${instances.join(', ')}]`)

  const disks: string[] = []
  for await (const { DiskId } of ecs.paginate('DescribeDisks', {}, { signal })) disks.push(DiskId)
  print(`current region include disk [${disks.join(', ')}]`)
}
