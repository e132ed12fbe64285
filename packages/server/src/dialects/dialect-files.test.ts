import { readdirSync } from 'node:fs'
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

/** The folders of which that is true so far, each without those below it. */
const TRANSLATORS = [
  'admin',
  'chatkit',
  'clickai',
  'clickai/annotations',
  'clickai/app',
  'clickai/assistants',
  'clickai/audio',
  'clickai/conversations',
  'clickai/datasets',
  'clickai/files',
  'clickai/messages',
  'clickai/workflows',
  'mcp',
  'openai-hosted',
  'xpert',
  'xpert/assistants',
  'xpert/chat',
  'xpert/conversations',
  'xpert/crons',
  'xpert/files',
  'xpert/knowledges',
  'xpert/sandbox',
  'xpert/runs',
  'xpert/store',
  'xpert/task-summary',
  'xpert/threads',
]

it.each(TRANSLATORS)('%s holds nothing but schemas, decoding, encoding, routes and errors', (folder) => {
  const path = fileURLToPath(new URL(folder, import.meta.url))
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile())

  const others = files.map(({ name }) => name).filter((name) => !KINDS.some((kind) => kind.test(name)))

  expect(others).toEqual([])
})
