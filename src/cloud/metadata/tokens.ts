import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Machine } from '../gateway/exchange.ts'

/** Seconds a metadata token may last. */
export const longestTtl = 21_600

const secrets = new WeakMap<Machine, Buffer>()

/** Made when the first token is: a cloud whose metadata nobody asks for draws nothing from its chance. */
function secretOf(machine: Machine): Buffer {
  const secret = secrets.get(machine) ?? machine.random.bytes(32)
  secrets.set(machine, secret)
  return secret
}

const proof = (instanceId: string, expiresAt: number, machine: Machine) =>
  createHmac('sha256', secretOf(machine)).update(`${instanceId}/${expiresAt}`).digest()

/** A token for one instance that ends by the cloud's clock. It tells its own end, so none has to be kept. */
export function newToken(instanceId: string, ttlSeconds: number, machine: Machine): string {
  const expiresAt = Math.floor(machine.clock.now()) + ttlSeconds * 1000
  const end = Buffer.alloc(8)
  end.writeBigUInt64BE(BigInt(expiresAt))
  return Buffer.concat([end, proof(instanceId, expiresAt, machine)]).toString('base64url')
}

/** Whether a token is one of this instance's and has not ended. */
export function tokenHolds(token: string, instanceId: string, machine: Machine): boolean {
  const bytes = Buffer.from(token.slice(0, 128), 'base64url')
  if (bytes.length !== 40) return false
  const expiresAt = Number(bytes.readBigUInt64BE())
  return timingSafeEqual(bytes.subarray(8), proof(instanceId, expiresAt, machine)) && expiresAt > machine.clock.now()
}
