import type { Credentials } from '../../api/wire.ts'

/** The line that points each official client at a local cloud. */
export function clientLines(
  url: string,
  { accessKeyId, accessKeySecret }: Credentials,
): readonly (readonly [client: string, line: string])[] {
  const host = url.replace(/^http:\/\//, '')
  const id = accessKeyId
  const secret = accessKeySecret
  return [
    [
      'tanxing',
      `new EcsClient({ regionId: 'cn-hangzhou', endpoint: '${url}', credentials: { accessKeyId: '${id}', accessKeySecret: '${secret}' } })`,
    ],
    [
      'TypeScript',
      `new Ecs(new Config({ endpoint: '${host}', protocol: 'HTTP', regionId: 'cn-hangzhou', accessKeyId: '${id}', accessKeySecret: '${secret}' }))`,
    ],
    ['pop-core', `new RPCClient({ endpoint: '${url}', apiVersion: '2014-05-26', accessKeyId: '${id}', accessKeySecret: '${secret}' })`],
    ['Python (old)', `clt = AcsClient('${id}', '${secret}', 'cn-hangzhou'); clt.add_endpoint('cn-hangzhou', 'Ecs', '${host}')`],
    [
      'Python',
      `Client(Config(endpoint='${host}', protocol='HTTP', region_id='cn-hangzhou', access_key_id='${id}', access_key_secret='${secret}'))`,
    ],
    ['Go', `client, _ := ecs.NewClientWithAccessKey("cn-hangzhou", "${id}", "${secret}"); client.Domain = "${host}"`],
    [
      'aliyun-cli',
      `aliyun ecs DescribeRegions --endpoint ${host} --insecure --region cn-hangzhou --access-key-id ${id} --access-key-secret ${secret}`,
    ],
    [
      'Terraform',
      `provider "alicloud" { region = "cn-hangzhou" access_key = "${id}" secret_key = "${secret}" protocol = "HTTP" account_type = "Domestic" skip_region_validation = true endpoints { ecs = "${host}" vpc = "${host}" ram = "${host}" sts = "${host}" } }`,
    ],
    ['any program', `tanxing run --endpoint ${url} -- python3 program.py`],
  ]
}
