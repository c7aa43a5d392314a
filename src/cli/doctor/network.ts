import { systemNow } from '../../api/system.ts'
import type { Text } from '../../api/text.ts'
import type { ClientOptions } from '../../client/index.ts'
import { TanxingError } from '../../client/errors.ts'
import type { World } from '../command.ts'
import { failed, type Finding, plain } from './finding.ts'

const patienceMs = 10_000

/** What to do about a failure to reach a host, by the system's code. */
function fixOf(code: string, hostname: string, proxy: string | undefined): Text | undefined {
  const through = { en: proxy === undefined ? '' : ` (or of the proxy ${proxy})`, zh: proxy === undefined ? '' : `（或代理 ${proxy}）` }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      en: `the name ${hostname}${through.en} does not resolve: check the region's spelling, DNS and the network`,
      zh: `无法解析域名 ${hostname}${through.zh}：请检查地域拼写、DNS 和网络`,
    }
  if (code === 'ECONNREFUSED')
    return proxy === undefined
      ? {
          en: 'nothing listens there: is the local cloud started, is the port right?',
          zh: '该地址没有服务在监听：本地云是否已启动、端口是否正确？',
        }
      : {
          en: `nothing listens there, or at the proxy ${proxy}: check HTTPS_PROXY, HTTP_PROXY and NO_PROXY`,
          zh: `该地址或代理 ${proxy} 没有服务在监听：请检查 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY`,
        }
  if (/CERT|SIGNATURE|SSL|TLS|EPROTO/.test(code))
    return {
      en: 'TLS fails: something between may replace certificates; name its CA in NODE_EXTRA_CA_CERTS, and check https or http',
      zh: 'TLS 失败：中间设备可能替换了证书；请用 NODE_EXTRA_CA_CERTS 指定其 CA，并检查应使用 https 还是 http',
    }
  return proxy === undefined
    ? {
        en: 'check the network and the firewall; where only a proxy leads out, set HTTPS_PROXY',
        zh: '请检查网络和防火墙；若只能经代理访问外网，请设置 HTTPS_PROXY',
      }
    : { en: `check the proxy ${proxy}: HTTPS_PROXY, HTTP_PROXY, NO_PROXY`, zh: `请检查代理 ${proxy}：HTTPS_PROXY、HTTP_PROXY、NO_PROXY` }
}

/** A signature's time may be off by 15 minutes; the client corrects itself once it is told, other programs do not. */
const refusedMs = 15 * 60_000
const noticedMs = 60_000

/** How far this machine's clock is from the endpoint's. @param date the answer's header Date; @param now milliseconds since 1970 */
export function clockFinding(date: string | undefined, now: number): Finding {
  const there = Date.parse(date ?? '')
  if (Number.isNaN(there)) return { check: 'clock', level: 'skip', found: { en: 'the endpoint tells no time', zh: '端点未返回时间' } }
  const off = now - there
  const seconds = Math.round(Math.abs(off) / 1000)
  // A header Date has whole seconds.
  if (seconds <= 1) return { check: 'clock', level: 'ok', found: { en: 'as that of the endpoint', zh: '与端点一致' } }
  const found = {
    en: `${seconds.toLocaleString('en')} s ${off > 0 ? 'ahead of' : 'behind'} the endpoint`,
    zh: `比端点${off > 0 ? '快' : '慢'} ${seconds.toLocaleString('en')} 秒`,
  }
  const fix = { en: 'set the clock by NTP: timedatectl set-ntp true', zh: '请用 NTP 校准时间：timedatectl set-ntp true' }
  if (Math.abs(off) >= refusedMs) return { check: 'clock', level: 'fail', found, fix }
  return Math.abs(off) >= noticedMs ? { check: 'clock', level: 'warn', found, fix } : { check: 'clock', level: 'ok', found }
}

/** Whether the endpoint answers, by which way, and how far its clock is from the one that calls are signed by. */
export async function networkFindings(options: ClientOptions, regionId: string, { env, signal }: World): Promise<Finding[]> {
  const [{ originOf, resolveEndpoint }, { proxyOfEnvironment }, { createTransport }] = await Promise.all([
    import('../../client/endpoint.ts'),
    import('../../client/transport/proxy.ts'),
    import('../../client/transport/transport.ts'),
  ])
  const clock: Finding = { check: 'clock', level: 'skip', found: { en: 'the endpoint does not answer', zh: '端点无应答' } }
  let hostname = ''
  let proxy: string | undefined
  try {
    const endpoint = resolveEndpoint('ecs', regionId, options.endpoint)
    hostname = endpoint.hostname
    const { dispatcher } = options
    if (dispatcher === undefined) proxy = (await proxyOfEnvironment(endpoint, env))?.host
    const send = createTransport({ ...(dispatcher && { dispatcher }), connectTimeoutMs: patienceMs, readTimeoutMs: patienceMs }, env)
    const headers = { host: endpoint.host, connection: 'close' }
    const { header } = await send({ endpoint, method: 'GET', target: '/', headers, signal })
    const origin = originOf(endpoint)
    const by = proxy === undefined ? plain(origin) : { en: `${origin} through the proxy ${proxy}`, zh: `${origin}（经代理 ${proxy}）` }
    const found = dispatcher === undefined ? by : { en: 'a local cloud in this process', zh: '本进程内的本地云' }
    return [{ check: 'endpoint', level: 'ok', found }, clockFinding(header('date'), systemNow())]
  } catch (error) {
    signal.throwIfAborted()
    const code = error instanceof TanxingError ? error.code : ''
    const isOurs = error instanceof TanxingError && error.name === 'UsageError'
    return [failed('endpoint', error, isOurs ? undefined : fixOf(code, hostname, proxy)), clock]
  }
}

/** Whether the region is one that is known. A new one may be missing here, so that is a warning. */
export async function regionFinding(regionId: string): Promise<Finding> {
  const [{ regions }, { nearest }] = await Promise.all([import('../../api/regions.ts'), import('../nearest.ts')])
  const known = [...regions().keys()]
  if (known.includes(regionId)) return { check: 'region', level: 'ok', found: plain(regionId) }
  const meant = nearest(regionId, known)
  return {
    check: 'region',
    level: 'warn',
    found: { en: `${regionId} is not among the known regions`, zh: `${regionId} 不在已知地域之列` },
    fix: meant
      ? {
          en: `did you mean ${meant}? --region ${meant}, or tanxing configure`,
          zh: `是否想用 ${meant}？请用 --region ${meant}，或运行 tanxing configure`,
        }
      : { en: 'see tanxing regions list', zh: '参见 tanxing regions list' },
  }
}
