/** Whether a host, as a URL spells it, is this machine: `localhost` and names below it, `127.0.0.0/8`, `::1`. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:(?:.+\.)?localhost\.?|127\.\d+\.\d+\.\d+|::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})$/.test(hostname)
