/**
 * How large a program is that makes one call with EcsClient, bundled and minified: what it loads at once, and what it loads when
 * it needs it (proxies, certificates, credentials' rarer places …). Beside it the same program with the official SDK.
 */
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What a bundle of ours may weigh, loaded at once and gzipped, in KB. */
const budgetKb = 70

const programs = {
  tanxing: `import { EcsClient } from './src/client/index.ts'\nawait new EcsClient({ regionId: 'cn-hangzhou' }).describeRegions()`,
  '@alicloud/ecs20140526': `import sdk from '@alicloud/ecs20140526'
    const client = new sdk.default({ regionId: 'cn-hangzhou' })
    await client.describeRegions(new sdk.DescribeRegionsRequest({}))`,
}

async function sizes(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    outdir: root,
    logLevel: 'error',
  })
  const outputs = Object.entries(metafile.outputs)
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  const atOnce = new Set<string>()
  const follow = (path: string) => {
    if (atOnce.has(path)) return
    atOnce.add(path)
    for (const { kind, external, path: next } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) follow(next)
  }
  follow(outputs.find(([, { entryPoint }]) => entryPoint !== undefined)?.[0] ?? '')
  const files = outputFiles.filter(({ path }) => [...atOnce].some((one) => name(one) === name(path)))
  const sum = (all: readonly { contents: Uint8Array }[], size: (bytes: Uint8Array) => number) =>
    all.reduce((whole, { contents: bytes }) => whole + size(bytes), 0) / 1000
  return {
    atOnce: sum(files, (bytes) => bytes.length),
    gzipped: sum(files, (bytes) => gzipSync(bytes).length),
    whole: sum(outputFiles, (bytes) => bytes.length),
  }
}

console.log('a program of EcsClient and one call, minified: KB loaded at once (gzipped), KB in all')
for (const [name, contents] of Object.entries(programs)) {
  const { atOnce, gzipped, whole } = await sizes(contents)
  const verdict =
    name !== 'tanxing'
      ? ''
      : gzipped <= budgetKb
        ? `  within the budget of ${budgetKb} KB gzipped`
        : `  OVER the budget of ${budgetKb} KB gzipped`
  console.log(
    `  ${name.padEnd(21)}  ${Math.round(atOnce).toLocaleString('en').padStart(6)} (${Math.round(gzipped)})  ${Math.round(whole).toLocaleString('en')}${verdict}`,
  )
}
