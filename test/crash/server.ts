/** The cloud that is killed: on a port of its own, with the data folder it is given. */
import { createCloud } from '../../src/cloud/index.ts'

/** The key that every process of a run knows. */
export const credentials = { accessKeyId: 'crash', accessKeySecret: 'test' }

if (process.send !== undefined) {
  const cloud = await createCloud({ data: process.argv[2], keys: [credentials] })
  const { port } = await cloud.listen()
  process.send({ port })
}
