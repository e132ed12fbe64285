import { ParleyError } from '@parley/protocol'
import type { KeywordIndex } from '../../knowledge/keyword-index.js'
import { WorkflowRun } from './workflow-run.js'

/** One thing found in a vector store, with the fields exported programs read. Source: OpenAI's API reference, "Search vector store". */
interface Found {
  file_id: string
  filename: string
  score: number
  attributes: Record<string, never>
  content: { type: 'text'; text: string }[]
}

/**
 * `openai` as an exported program sees it. An export makes a client for its guardrails and its searches; here both are
 * this server's own, so no key is needed and nothing is sent to OpenAI.
 */
export function workflowOpenAiModule(knowledge: KeywordIndex | undefined): Record<string, unknown> {
  class OpenAI {
    readonly vectorStores = {
      search: (id: string, { query, max_num_results = 10 }: { query: string | string[]; max_num_results?: number }) => {
        const text = Array.isArray(query) ? query.join(' ') : query
        const work = async () => ({
          object: 'vector_store.search_results.page',
          data: search(knowledge, text, max_num_results),
        })
        return WorkflowRun.current()?.step(`search ${id}`, work) ?? work()
      },
    }
  }
  // A program may name anything of the real package; what is not here says so when it is used.
  const client = new Proxy(OpenAI, {
    construct: (Target) =>
      new Proxy(new Target(), {
        get: (target, name) => (name in target || typeof name === 'symbol' ? Reflect.get(target, name) : missing(name)),
      }),
  })
  return { OpenAI: client, default: client }
}

function search(knowledge: KeywordIndex | undefined, query: string, limit: number): Found[] {
  return (knowledge?.search(query, limit) ?? []).map(({ passage, score }) => ({
    file_id: passage.document.filename ?? passage.document.title,
    filename: passage.document.filename ?? passage.document.title,
    score,
    attributes: {},
    content: [{ type: 'text', text: passage.text }],
  }))
}

function missing(name: string): never {
  throw new ParleyError(
    'not_configured',
    `An exported workflow used client.${name}, which is not available here. Available: client.vectorStores.search.`,
  )
}
