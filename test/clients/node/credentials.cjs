// Temporary credentials in every way of @alicloud/credentials that asks somebody, endpoints as built in; run through `tanxing run`.
// Usage: credentials.cjs KEY_ID KEY_SECRET ROLE_ARN OIDC_PROVIDER_ARN OIDC_TOKEN_FILE
const { default: Credential, Config } = require('@alicloud/credentials')
const sdk = require('@alicloud/ecs20140526')
const { RPCClient } = require('@alicloud/pop-core')
const { $OpenApiUtil } = require('@alicloud/openapi-core')

const [accessKeyId, accessKeySecret, roleArn, oidcProviderArn, oidcTokenFilePath] = process.argv.slice(2)

const ways = {
  chain: undefined,
  instance: { type: 'ecs_ram_role' },
  hardened: { type: 'ecs_ram_role', roleName: 'worker', disableIMDSv1: true },
  role: { type: 'ram_role_arn', accessKeyId, accessKeySecret, roleArn, roleSessionName: 'role-1' },
  oidc: { type: 'oidc_role_arn', roleArn, oidcProviderArn, oidcTokenFilePath, roleSessionName: 'oidc-1' },
}

async function main() {
  const sessions = {}
  for (const [name, config] of Object.entries(ways)) {
    const { accessKeyId, accessKeySecret, securityToken } = await new Credential(config && new Config(config)).getCredential()
    sessions[name] = { accessKeyId, accessKeySecret, securityToken }
  }
  const client = new sdk.default(new $OpenApiUtil.Config({ credential: new Credential(), regionId: 'cn-hangzhou' }))
  const regions = (await client.describeRegions(new sdk.DescribeRegionsRequest({}))).body.regions.region.length
  const location = new RPCClient({
    accessKeyId,
    accessKeySecret,
    endpoint: 'https://location-readonly.aliyuncs.com',
    apiVersion: '2015-06-12',
  })
  const asked = await location.request('DescribeEndpoints', { Id: 'cn-hangzhou', ServiceCode: 'ecs', Type: 'openAPI' })
  const termination = await (
    await fetch('http://100.100.100.200/latest/meta-data/instance/spot/termination-time', { headers: await token() })
  ).text()
  console.log(JSON.stringify({ sessions, regions, endpoint: asked.Endpoints.Endpoint[0].Endpoint, termination }))
  // The library asks again every minute, for ever.
  process.exit()
}

async function token() {
  const headers = { 'X-aliyun-ecs-metadata-token-ttl-seconds': '60' }
  return {
    'X-aliyun-ecs-metadata-token': await (await fetch('http://100.100.100.200/latest/api/token', { method: 'PUT', headers })).text(),
  }
}

main()
