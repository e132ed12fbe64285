import { type Dirent, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** A dialect translates and does nothing else: what a file of one may be, by its name. */
const KINDS = [
  /^index\.ts$/,
  /^(?:[a-z-]+-)?schema\.ts$/,
  /^decode(?:-[a-z-]+)?\.ts$/,
  /^encode(?:-[a-z-]+)?\.ts$/,
  /^(?:[a-z-]+-)?routes?\.ts$/,
  /^errors\.ts$/,
  /^path\.ts$/, // where the API is: read by those that load the rest of it when somebody first calls
  /\.(?:test|fixture)\.ts$/,
]

const here = fileURLToPath(new URL('.', import.meta.url))
const entries = readdirSync(here, { withFileTypes: true, recursive: true })
const nameOf = (entry: Dirent) => relative(here, join(entry.parentPath, entry.name))
const folders = entries.filter((entry) => entry.isDirectory()).map(nameOf)
const files = entries.filter((entry) => entry.isFile())

it.each(folders)('%s holds nothing but schemas, decoding, encoding, routes and errors', (folder) => {
  const own = files.filter(({ parentPath }) => relative(here, parentPath) === folder)

  expect(own.map(({ name }) => name).filter((name) => !KINDS.some((kind) => kind.test(name)))).toEqual([])
})
