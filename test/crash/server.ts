/** The cloud that is killed: on a port of its own, with the data folder it is given. */
import { createCloud } from '../../src/cloud/index.ts'
import { credentials } from './key.ts'

if (process.send !== undefined) {
  const cloud = await createCloud({ data: process.argv[2], keys: [credentials] })
  const { port } = await cloud.listen()
  process.send({ port })
}
