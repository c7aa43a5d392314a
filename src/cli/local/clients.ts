import type { Credentials } from '../../api/wire.ts'

/**
 * What to paste into a program of each official client so that it calls a local cloud. All but Java's are how the facts
 * were measured; Java's follows its SDK's Config and is unconfirmed.
 */
export function clientLines(
  url: string,
  { accessKeyId: id, accessKeySecret: secret }: Credentials,
): readonly (readonly [client: string, line: string])[] {
  const host = url.replace(/^http:\/\//, '')
  return [
    [
      'tanxing, in a shell',
      `export TANXING_ENDPOINT=${url} ALIBABA_CLOUD_ACCESS_KEY_ID=${id} ALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret}; tanxing instances list`,
    ],
    [
      'any program, unchanged, in a shell',
      `ALIBABA_CLOUD_ACCESS_KEY_ID=${id} ALIBABA_CLOUD_ACCESS_KEY_SECRET=${secret} tanxing run --endpoint ${url} -- python3 program.py`,
    ],
    [
      'tanxing, in TypeScript',
      `new EcsClient({ regionId: 'cn-hangzhou', endpoint: '${url}', credentials: { accessKeyId: '${id}', accessKeySecret: '${secret}' } })`,
    ],
    [
      'TypeScript (@alicloud/ecs20140526)',
      `new Ecs(new Config({ endpoint: '${host}', protocol: 'HTTP', regionId: 'cn-hangzhou', accessKeyId: '${id}', accessKeySecret: '${secret}' }))`,
    ],
    [
      'TypeScript (@alicloud/pop-core)',
      `new RPCClient({ endpoint: '${url}', apiVersion: '2014-05-26', accessKeyId: '${id}', accessKeySecret: '${secret}' })`,
    ],
    [
      'Python (alibabacloud_ecs20140526)',
      `Client(Config(endpoint='${host}', protocol='HTTP', region_id='cn-hangzhou', access_key_id='${id}', access_key_secret='${secret}'))`,
    ],
    [
      'Python (aliyun-python-sdk-ecs)',
      `clt = AcsClient('${id}', '${secret}', 'cn-hangzhou'); clt.add_endpoint('cn-hangzhou', 'Ecs', '${host}')`,
    ],
    [
      'Go (alibaba-cloud-sdk-go)',
      `client, err := ecs.NewClientWithAccessKey("cn-hangzhou", "${id}", "${secret}"); client.Domain = "${host}"`,
    ],
    [
      'Java (com.aliyun:ecs20140526)',
      `new Client(new Config().setEndpoint("${host}").setProtocol("HTTP").setRegionId("cn-hangzhou").setAccessKeyId("${id}").setAccessKeySecret("${secret}"))`,
    ],
    [
      'aliyun-cli',
      `aliyun ecs DescribeRegions --endpoint ${host} --insecure --region cn-hangzhou --access-key-id ${id} --access-key-secret ${secret}`,
    ],
    [
      'Terraform',
      [
        'provider "alicloud" {',
        '  region                 = "cn-hangzhou"',
        `  access_key             = "${id}"`,
        `  secret_key             = "${secret}"`,
        '  protocol               = "HTTP"',
        '  account_type           = "Domestic"',
        '  skip_region_validation = true',
        '  endpoints {',
        ...['ecs', 'vpc', 'ram', 'sts', 'location'].map((product) => `    ${product.padEnd(8)} = "${host}"`),
        '  }',
        '}',
      ].join('\n  '),
    ],
    ['curl', `curl ${url}/_local/health`],
  ]
}
