/** The products whose operations the catalogue holds. Adding one is a row here and a folder under `api/operations`. */
export const products = {
  ecs: { name: 'Ecs', version: '2014-05-26', sdk: '@alicloud/ecs20140526' },
  vpc: { name: 'Vpc', version: '2016-04-28', sdk: '@alicloud/vpc20160428' },
  ram: { name: 'Ram', version: '2015-05-01', sdk: '@alicloud/ram20150501' },
  sts: { name: 'Sts', version: '2015-04-01', sdk: '@alicloud/sts20150401' },
  location: { name: 'Location', version: '2015-06-12', sdk: undefined },
} as const

export type Product = keyof typeof products
export const productNames = Object.keys(products) as Product[]
