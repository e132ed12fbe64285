import { listModels } from './list-models.js'
import type { ModelTransport } from './transport.js'

/** A model host that answers on this machine. */
export interface LocalHost {
  name: string
  baseUrl: string
  models: string[]
}

const KNOWN: { name: string; port: number }[] = [
  { name: 'Ollama', port: 11434 },
  { name: 'LM Studio', port: 1234 },
  { name: 'vLLM', port: 8000 },
  { name: 'llama.cpp', port: 8080 },
]

const TIMEOUT_MS = 300

/** Looks for model hosts on this machine, all at once, and waits at most 300 ms. Not for the boot path: a suggestion can come later. */
export async function probeLocalHosts({
  transport,
  candidates = KNOWN,
}: {
  transport?: ModelTransport
  candidates?: { name: string; port: number }[]
} = {}): Promise<LocalHost[]> {
  const found = await Promise.all(
    candidates.map(async ({ name, port }) => {
      const baseUrl = `http://127.0.0.1:${port}/v1`
      try {
        return [{ name, baseUrl, models: await listModels({ baseUrl, transport }, AbortSignal.timeout(TIMEOUT_MS)) }]
      } catch {
        return [] // nobody there, or something else is
      }
    }),
  )
  return found.flat()
}
