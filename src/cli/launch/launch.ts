#!/usr/bin/env node
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { fileFor, readCompiled, writeCompiled } from './compiled.ts'

// Put in by the build.
declare const TANXING_BUILD: string
declare const TANXING_COMMANDS: readonly string[]

/**
 * Where the built command line begins, as CommonJS. Most of what a short command takes is compiling what it loads, so that is kept for
 * its next run: Node.js does so by itself from 22.8 on, but not before, and for each file apart.
 */
const words = process.argv.slice(2)
const file = fileFor({ env: process.env, words, commands: TANXING_COMMANDS, build: TANXING_BUILD })
const compiled = file === undefined ? new Map<string, Uint8Array>() : readCompiled(file)

interface Loaded {
  readonly exports: object
}
const loaded = new Map<string, Loaded>()
const scripts = new Map<string, Script>()
let isComplete = true

/** Used again for each chunk: fresh memory costs more than to read what is put there. */
const scratch = Buffer.allocUnsafeSlow(1 << 19)

/** A chunk's text, in ASCII, as the build writes it. */
function read(filename: string): string {
  const file = openSync(filename, 'r')
  const length = readSync(file, scratch, 0, scratch.length, 0)
  closeSync(file)
  return length < scratch.length ? scratch.toString('latin1', 0, length) : readFileSync(filename, 'latin1')
}

/** Loads a chunk as `require` would. A chunk is a function in ASCII, as the build writes it. */
function load(name: string): object {
  const before = loaded.get(name)
  if (before !== undefined) return before.exports
  const filename = join(__dirname, 'cli', name)
  const cachedData = compiled.get(name)
  const source = read(filename)
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) })
  if (cachedData === undefined || script.cachedDataRejected) isComplete = false
  scripts.set(name, script)
  const module = { exports: {} }
  loaded.set(name, module)
  const body = script.runInThisContext() as (...given: unknown[]) => void
  body(module.exports, (path: string) => (path.startsWith('./') ? load(path.slice(2)) : require(path)), module, filename, __dirname)
  return module.exports
}

if (file !== undefined)
  process.once('exit', () => {
    if (isComplete) return
    // What this run did without stays: the same command may need it the next time.
    const now = [...scripts].map(([name, script]) => [name, script.createCachedData()] as const)
    writeCompiled(file, new Map([...compiled, ...now]))
  })
load('main.cjs')
