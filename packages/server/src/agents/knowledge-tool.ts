import type { FunctionTool, RunContext as ToolContext } from '@openai/agents-core'
import type { FoundPassage, Source } from '@parley/protocol'
import type { Span } from '../base/trace.js'
import type { Hit } from '../knowledge/keyword-index.js'
import type { Passage } from '../knowledge/passages.js'
import type { AgentContext } from './agent-context.js'
import { loadAgentsSdk } from './sdk.js'
import { SourceList } from './source-list.js'

/** A passage, and where it is where it is not of the app itself. */
export type Found = Hit & { origin?: FoundPassage['origin'] }

/** What the tool searches: an index in memory, or knowledge bases. */
export interface Searchable {
  /** The best passages first. */
  search(query: string, limit: number): Found[] | Promise<Found[]>
}

export interface KnowledgeToolOptions {
  index: Searchable
  /** Default `search_knowledge`. */
  name?: string
  /** What the model reads; say what the knowledge is about. */
  description?: string
  /** Passages per search. Default 4. */
  limit?: number
}

/**
 * A tool that searches what the app knows. Its output numbers the passages and asks the model to cite by number; the
 * bridge turns the `[1]` of the answer into annotations.
 */
export async function knowledgeTool({
  index,
  name = 'search_knowledge',
  description = 'Searches the knowledge of this app. Use it before answering any question about its subject.',
  limit = 4,
}: KnowledgeToolOptions): Promise<FunctionTool<AgentContext>> {
  const { tool } = await loadAgentsSdk()
  return tool({
    name,
    description,
    strict: true,
    parameters: {
      type: 'object',
      properties: { query: { type: 'string', description: 'What to look for, in a few words.' } },
      required: ['query'],
      additionalProperties: false,
    },
    execute: async (input, toolContext?: ToolContext<AgentContext>, details?: { toolCall?: { callId?: string } }) => {
      const { query } = input as { query?: unknown } // the model fills it in: it may be anything
      const callId = details?.toolCall?.callId ?? ''
      const span = toolContext?.context?.toolSpans?.get(callId)
      const hits = await tracedSearch(index, String(query ?? ''), { limit, span })
      toolContext?.context?.found.set(callId, hits.map(describeFound))
      if (hits.length === 0) return 'Nothing was found. Say so; do not make an answer up.'
      const sources = toolContext?.context?.sources ?? new SourceList() // another context than ours has none
      return [...hits.map(({ passage }) => describePassage(passage, sources)), CITE].join('\n\n')
    },
  }) as FunctionTool<AgentContext> // a JSON schema leaves the type of the arguments open
}

async function tracedSearch(
  index: Searchable,
  query: string,
  { limit, span }: { limit: number; span: Span | undefined },
): Promise<Found[]> {
  const part = span?.start('search knowledge', {
    'gen_ai.operation.name': 'retrieval',
    ...(span.keepsContent && { 'gen_ai.retrieval.query.text': query }),
  })
  try {
    const hits = await index.search(query, limit)
    part?.set({ 'parley.knowledge.passages': hits.length })
    part?.end()
    return hits
  } catch (thrown) {
    part?.end('failed')
    throw thrown
  }
}

const CITE =
  'Answer from these passages where they fit. Put the number of each passage you use behind what it says, like this: [1].'

function describePassage(passage: Passage, sources: SourceList): string {
  const heading = [passage.document.title, ...passage.headings].join(' › ')
  const place = passage.page === undefined ? heading : `${heading} (page ${passage.page})`
  return `[${sources.add(sourceOf(passage))}] ${place}\n${passage.text}`
}

/** For those APIs that tell what an answer rests on. */
const describeFound = ({ passage: { document, headings, text }, score, origin }: Found): FoundPassage => ({
  title: headings.at(-1) ?? document.title,
  text,
  score,
  filename: document.filename ?? document.title,
  ...(document.url && { url: document.url }),
  ...(origin && { origin }),
})

/** A citation leads to the page and names the heading. */
function sourceOf({ document, headings, page }: Passage): Source {
  const title = headings.at(-1) ?? document.title
  const place = [...(headings.length > 0 ? [document.title] : []), ...(page === undefined ? [] : [`page ${page}`])]
  const description = place.length > 0 ? place.join(', ') : undefined
  if (!document.url) return { type: 'file', filename: document.filename ?? document.title, title, description }
  return { type: 'url', url: page === undefined ? document.url : atPage(document.url, page), title, description }
}

/** Browsers open a PDF at the page its address names. */
const atPage = (url: string, page: number): string =>
  /\.pdf$/i.test(new URL(url).pathname) ? `${url.split('#')[0]}#page=${page}` : url
