// Parley as it is measured: the built command on an empty disk, with the model of the benchmark behind it.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startNode } from './processes.mjs'

const command = fileURLToPath(new URL('../packages/server/bin/parley.cjs', import.meta.url))

/** `data`: a folder that is emptied first; `modelPort`: where fake-model.mjs listens. */
export function startParley({ port, modelPort, data }) {
  rmSync(data, { recursive: true, force: true })
  return startNode([command], {
    PORT: String(port),
    HOST: '127.0.0.1',
    PARLEY_DATA: data,
    ENVIRONMENT: 'development',
    OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
    OPENAI_API_KEY: 'bench',
    PARLEY_MODEL: 'fake',
    PARLEY_DEFAULT_APP: 'demo',
    DATABASE_URL: process.env.BENCH_DATABASE_URL ?? '',
  })
}
