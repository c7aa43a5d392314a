import type { AnswerEvent } from '../../client/index.ts'
import type { Invocation } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { callerPlace, fileWriter, logLine } from '../log.ts'

/** Logs every raw answer as the tutorial does: to stderr, or to a file. */
export function answerLog({ world, values }: Invocation): (event: AnswerEvent) => void {
  const path = values.text('log-file')
  const write = path === undefined ? world.stderr : fileWriter(path)
  return ({ status, text }) => write(logLine(world.now(), callerPlace(new Error().stack), status < 400 ? 'INFO' : 'ERROR', text))
}

/** The tutorial's three steps against a connection: regions, then instances and disks of the current region, each to its last page. */
export async function playOn({ ecs, regionId }: Pick<Connection, 'ecs' | 'regionId'>, print: (line: string) => void): Promise<void> {
  const { Regions } = await ecs.describeRegions()
  print(`region ids [${Regions.Region.map((region) => region.RegionId).join(', ')}]`)
  print(`current region ${regionId}`)
  const instances: string[] = []
  for await (const instance of ecs.paginate('DescribeInstances')) instances.push(instance.InstanceId)
  print(`current region include instance [${instances.join(', ')}]`)
  const disks: string[] = []
  for await (const disk of ecs.paginate('DescribeDisks')) disks.push(disk.DiskId)
  print(`current region include disk [${disks.join(', ')}]`)
}

export async function play(invocation: Invocation): Promise<void> {
  const connection = await connect(invocation, { onAnswer: answerLog(invocation) })
  await playOn(connection, (line) => invocation.world.stdout(`${line}\n`))
}
