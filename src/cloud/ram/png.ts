import { deflateSync } from 'node:zlib'

/** CRC-32 as PNG takes it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320)
  }
  return ~crc >>> 0
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Squares as a PNG of shades of grey, `scale` pixels each, with `margin` light squares around. */
export function pngOf(rows: readonly (readonly boolean[])[], scale = 4, margin = 4): Buffer {
  const side = (rows.length + 2 * margin) * scale
  const pixels = Buffer.alloc(side * (side + 1), 0xff)
  for (let y = 0; y < side; y++) {
    pixels[y * (side + 1)] = 0
    const row = rows[Math.floor(y / scale) - margin]
    for (let x = 0; x < side; x++) if (row?.[Math.floor(x / scale) - margin] === true) pixels[y * (side + 1) + 1 + x] = 0
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))])
}
