import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { randomId } from '../api/system.ts'
import { authorityCertificate, nameConstraints } from './certificates.ts'
import { trustStore } from './java.ts'

const renewBeforeMs = 30 * 24 * 60 * 60 * 1000

/** File modes mean nothing on Windows, where the folder's access list guards the key. */
const modesCount = process.platform !== 'win32'

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code

/** Writes beside `path` first and moves into place, so that no reader ever meets half a file. `keep` leaves a file that is already there. */
async function write(path: string, content: string | Uint8Array, { mode, keep = false }: { mode: number; keep?: boolean }): Promise<void> {
  const draft = `${path}.${randomId()}`
  try {
    const file = await open(draft, 'wx', mode)
    await file.writeFile(content)
    await file.sync()
    await file.close()
    if (keep) await link(draft, path)
    else await rename(draft, path)
  } catch (error) {
    if (!(keep && isCode(error, 'EEXIST'))) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function readIfThere(path: string): Promise<{ text: string; mode: number; uid: number } | undefined> {
  let file
  try {
    file = await open(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
  try {
    const { mode, uid } = await file.stat()
    return { text: await file.readFile('utf8'), mode, uid }
  } finally {
    await file.close()
  }
}

async function prepareFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!modesCount) return
  if (made !== undefined) await chmod(folder, 0o700)
  const { mode, uid } = await stat(folder)
  if ((mode & 0o022) !== 0 || uid !== process.getuid?.())
    throw new Error(
      `${folder} can be changed by other users, so the key of the local certificate authority is not safe in it: chmod 700 it`,
    )
}

/** A key that others could read is refused rather than mended: they may hold a copy, and closing the file does not take it back. */
async function readKey(path: string): Promise<KeyObject | undefined> {
  const file = await readIfThere(path)
  if (file === undefined) return undefined
  if (modesCount && ((file.mode & 0o077) !== 0 || file.uid !== process.getuid?.()))
    throw new Error(
      `${path} is open to other users: delete it, a new key is made on the next run; then trust the new certificate in place of the old`,
    )
  let key: KeyObject
  try {
    key = createPrivateKey(file.text)
  } catch (error) {
    throw new Error(`${path} holds no private key: delete it, a new one is made on the next run`, { cause: error })
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error(`${path} holds a key of another kind: delete it, a new one is made on the next run`)
  return key
}

async function makeKey(path: string): Promise<KeyObject> {
  const pem = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  await write(path, pem.toString(), { mode: 0o600, keep: true })
  const key = await readKey(path)
  if (key === undefined) throw new Error(`${path} was deleted while it was made`)
  return key
}

function usable(pem: string, key: KeyObject, now: number): boolean {
  try {
    const certificate = new X509Certificate(pem)
    return (
      certificate.ca &&
      certificate.checkPrivateKey(key) &&
      certificate.raw.includes(Buffer.from(nameConstraints)) &&
      Date.parse(certificate.validFrom) <= now &&
      Date.parse(certificate.validTo) > now + renewBeforeMs
    )
  } catch {
    return false
  }
}

export interface Kept {
  readonly key: KeyObject
  readonly certificate: string
  readonly keyFile: string
  readonly caFile: string
  /** The same certificate as a trust store for Java. */
  readonly trustFile: string
}

/**
 * The key and certificate kept in a folder, made on first use: `authority.key` (0600), `authority.pem` and `authority.jks`, in a folder of mode 0700.
 * The key is for ever; the certificate is made anew from it 30 days before it ends, so whoever makes one at the same time as another makes
 * one that serves as well. Throws when others could have read the key or can change the folder.
 */
export async function keptAuthority(folder: string, now: number): Promise<Kept> {
  const keyFile = join(folder, 'authority.key')
  const caFile = join(folder, 'authority.pem')
  await prepareFolder(folder)
  const key = (await readKey(keyFile)) ?? (await makeKey(keyFile))
  let certificate = (await readIfThere(caFile))?.text
  if (certificate === undefined || !usable(certificate, key, now)) {
    certificate = `${await authorityCertificate(key, now)}\n`
    await write(caFile, certificate, { mode: 0o644 })
  }
  const trustFile = join(folder, 'authority.jks')
  const store = trustStore(certificate)
  if (!(await readFile(trustFile).catch(() => undefined))?.equals(store)) await write(trustFile, store, { mode: 0o644 })
  return { key, certificate, keyFile, caFile, trustFile }
}
