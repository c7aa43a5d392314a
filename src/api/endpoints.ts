import type { Product } from './products.ts'

/** Regions whose host does not follow the rule, by host; read from the official SDKs' endpoint maps. */
const exceptions: { readonly [product in Product]?: { readonly [host: string]: string } } = {
  ecs: {
    'ecs-cn-hangzhou.aliyuncs.com':
      'cn-hangzhou cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-beijing-nu16-b01 cn-fujian cn-haidian-cm12-c01 cn-hangzhou-bj-b01 cn-hangzhou-internal-prod-1 cn-hangzhou-internal-test-1 cn-hangzhou-internal-test-2 cn-hangzhou-internal-test-3 cn-hangzhou-test-306 cn-shanghai-et15-b01 cn-shanghai-et2-b01 cn-shanghai-internal-test-1 cn-shenzhen-st4-d01 cn-shenzhen-su18-b01 cn-zhangbei-na61-b01',
    'ecs.aliyuncs.com':
      'cn-north-2-gov-1 ap-northeast-2-pop cn-beijing-finance-pop cn-beijing-gov-1 cn-hangzhou-finance cn-hongkong-finance-pop cn-shanghai-inner cn-shenzhen-inner cn-wuhan cn-yushanfang cn-zhangbei rus-west-1-pop',
    'ecs.cn-qingdao-nebula.aliyuncs.com': 'cn-edge-1 cn-huhehaote-nebula-1 cn-zhengzhou-nebula-1',
    'ecs.cn-zhangjiakou.aliyuncs.com': 'cn-zhangjiakou-na62-a01',
    'ecs.cn-shenzhen-cloudstone.aliyuncs.com': 'eu-west-1-oxs',
  },
  vpc: {
    'vpc.aliyuncs.com':
      'cn-hangzhou cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-north-2-gov-1 ap-northeast-2-pop cn-beijing-finance-pop cn-beijing-gov-1 cn-beijing-nu16-b01 cn-fujian cn-haidian-cm12-c01 cn-hangzhou-bj-b01 cn-hangzhou-finance cn-hangzhou-internal-prod-1 cn-hongkong-finance-pop cn-shanghai-et2-b01 cn-shanghai-inner cn-shenzhen-inner cn-shenzhen-st4-d01 cn-shenzhen-su18-b01 cn-wuhan cn-yushanfang cn-zhangbei cn-zhangbei-na61-b01 rus-west-1-pop',
    'vpc-nebula.cn-qingdao-nebula.aliyuncs.com': 'cn-edge-1 cn-huhehaote-nebula-1 cn-qingdao-nebula cn-zhengzhou-nebula-1',
    'vpc-pre.cn-hangzhou.aliyuncs.com':
      'cn-hangzhou-internal-test-1 cn-hangzhou-internal-test-3 cn-hangzhou-test-306 cn-shanghai-et15-b01 cn-shanghai-internal-test-1',
    'vpc-inner-pre.cn-hangzhou.aliyuncs.com': 'cn-hangzhou-internal-test-2',
    'vpc.cn-zhangjiakou.aliyuncs.com': 'cn-zhangjiakou-na62-a01',
    'vpc-nebula.cn-shenzhen-cloudstone.aliyuncs.com': 'eu-west-1-oxs',
  },
  sts: {
    'sts.aliyuncs.com':
      'ap-northeast-2-pop ap-south-1 ap-southeast-2 cn-beijing-finance-pop cn-beijing-gov-1 cn-beijing-nu16-b01 cn-edge-1 cn-fujian cn-haidian-cm12-c01 cn-hangzhou-bj-b01 cn-hangzhou-internal-prod-1 cn-hangzhou-internal-test-1 cn-hangzhou-internal-test-2 cn-hangzhou-internal-test-3 cn-hangzhou-test-306 cn-hongkong-finance-pop cn-huhehaote-nebula-1 cn-shanghai-et15-b01 cn-shanghai-et2-b01 cn-shanghai-inner cn-shanghai-internal-test-1 cn-shenzhen-inner cn-shenzhen-st4-d01 cn-shenzhen-su18-b01 cn-wuhan cn-yushanfang cn-zhangbei cn-zhangbei-na61-b01 cn-zhangjiakou-na62-a01 cn-zhengzhou-nebula-1 eu-west-1-oxs rus-west-1-pop',
  },
}

/** Products with one host for all regions. */
const central: { readonly [product in Product]?: string } = {
  ram: 'ram.aliyuncs.com',
  location: 'location-readonly.aliyuncs.com',
}

const exception = (product: Product, regionId: string): string | undefined =>
  Object.entries(exceptions[product] ?? {}).find(([, regions]) => regions.split(' ').includes(regionId))?.[0]

/** The host that serves a product in a region, by table and rule; nothing is looked up on the network. */
export const endpointOf = (product: Product, regionId: string): string =>
  central[product] ?? exception(product, regionId) ?? `${product}.${regionId}.aliyuncs.com`
