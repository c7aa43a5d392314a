// Calls operations with Alibaba's SDKs of today, @alicloud/ecs20140526 and its like, as lines of JSON ask for them; ../walks/callers.ts tells what they are.
const { createInterface } = require('node:readline')
const { $OpenApiUtil } = require('@alicloud/openapi-core')
const { RuntimeOptions, cast, toMap } = require('@darabonba/typescript')

async function call({ api, endpoint, accessKeyId, accessKeySecret, regionId, call: action, with: given }) {
  const sdk = require(`@alicloud/${api}`)
  const wanted = `${action}WithOptions`.toLowerCase()
  const method = Object.getOwnPropertyNames(sdk.default.prototype).find((name) => name.toLowerCase() === wanted)
  if (method === undefined) return { unknown: true }
  const client = new sdk.default(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, regionId, endpoint, protocol: 'HTTP' }))
  try {
    // An operation without parameters has no request.
    const Request = sdk[`${action}Request`]
    const request = Request === undefined ? [] : [cast(given, new Request({}))]
    const { body } = await client[method](...request, new RuntimeOptions({}))
    return { answer: toMap(body) }
  } catch (error) {
    return error.code && error.statusCode ? { refused: error.code, message: error.message } : { broken: String(error.stack) }
  }
}

async function main() {
  for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(await call(JSON.parse(line))))
}

void main()
