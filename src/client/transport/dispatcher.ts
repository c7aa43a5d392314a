/** What is used of an undici Agent, Pool or ProxyAgent; their own types fit. */
export interface Dispatcher {
  dispatch(options: object, handler: object): boolean
}
