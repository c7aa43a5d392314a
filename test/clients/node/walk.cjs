// The walk of ../python/modern.py with @alicloud/ecs20140526: keys in the code's configuration and the real endpoint, run through `tanxing run`.
// Usage: walk.cjs ACCESS_KEY_ID ACCESS_KEY_SECRET READER_KEY_ID READER_KEY_SECRET V_SWITCH_ID SECURITY_GROUP_ID IMAGE_ID
const sdk = require('@alicloud/ecs20140526')
const { $OpenApiUtil } = require('@alicloud/openapi-core')

const regionId = 'cn-hangzhou'
const [keyId, keySecret, readerId, readerSecret, vSwitchId, securityGroupId, imageId] = process.argv.slice(2)

const clientOf = (accessKeyId, accessKeySecret) =>
  new sdk.default(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, regionId, endpoint: 'ecs.cn-hangzhou.aliyuncs.com' }))
const client = clientOf(keyId, keySecret)

const codeOf = (call) =>
  call.then(
    () => 'none',
    (error) => error.code ?? String(error),
  )

async function reach(instanceId, goal) {
  let status
  for (let asked = 0; asked < 5_000; asked++) {
    const input = new sdk.DescribeInstancesRequest({ regionId, instanceIds: JSON.stringify([instanceId]) })
    status = (await client.describeInstances(input)).body.instances.instance[0]?.status ?? 'gone'
    if (status === goal) return status
  }
  return `still ${status}`
}

async function main() {
  const regions = (await client.describeRegions(new sdk.DescribeRegionsRequest({}))).body.regions.region.map((region) => region.regionId)
  const instances = []
  let nextToken
  do {
    const { body } = await client.describeInstances(new sdk.DescribeInstancesRequest({ regionId, maxResults: 50, nextToken }))
    instances.push(...body.instances.instance.map(({ instanceId }) => instanceId))
    nextToken = body.nextToken
  } while (nextToken)

  const input = { regionId, vSwitchId, securityGroupId, imageId, instanceType: 'ecs.g6.large', instanceName: '走一遍' }
  const made = (await client.runInstances(new sdk.RunInstancesRequest(input))).body.instanceIdSets.instanceIdSet[0]
  const states = [await reach(made, 'Running')]
  await client.stopInstance(new sdk.StopInstanceRequest({ instanceId: made }))
  states.push(await reach(made, 'Stopped'))
  await client.startInstance(new sdk.StartInstanceRequest({ instanceId: made }))
  states.push(await reach(made, 'Running'))
  await client.deleteInstance(new sdk.DeleteInstanceRequest({ instanceId: made, force: true }))
  states.push(await reach(made, 'gone'))

  const errors = {
    wrongSecret: await codeOf(clientOf(keyId, 'not-the-secret').describeRegions(new sdk.DescribeRegionsRequest({}))),
    missingInstance: await codeOf(client.startInstance(new sdk.StartInstanceRequest({ instanceId: 'i-bp1doesnotexist00000' }))),
    forbidden: await codeOf(clientOf(readerId, readerSecret).stopInstance(new sdk.StopInstanceRequest({ instanceId: instances[0] }))),
  }
  console.log(JSON.stringify({ regions, instances, states, errors }))
}

void main()
