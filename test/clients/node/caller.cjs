// Calls operations of ECS with @alicloud/ecs20140526, as lines of JSON ask for them; ../walks/callers.ts tells what they are.
const { createInterface } = require('node:readline')
const { $OpenApiUtil } = require('@alicloud/openapi-core')
const { RuntimeOptions, cast, toMap } = require('@darabonba/typescript')
const sdk = require('@alicloud/ecs20140526')

const methods = new Map(Object.getOwnPropertyNames(sdk.default.prototype).map((name) => [name.toLowerCase(), name]))

async function call({ endpoint, accessKeyId, accessKeySecret, regionId, call: action, with: given }) {
  const method = methods.get(`${action}WithOptions`.toLowerCase())
  if (method === undefined) return { unknown: true }
  const client = new sdk.default(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, regionId, endpoint, protocol: 'HTTP' }))
  try {
    const request = cast(given, new sdk[`${action}Request`]({}))
    const { body } = await client[method](request, new RuntimeOptions({}))
    return { answer: toMap(body) }
  } catch (error) {
    return error.code && error.statusCode ? { refused: error.code, message: error.message } : { broken: String(error.stack) }
  }
}

async function main() {
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await call(JSON.parse(line))))
}

void main()
