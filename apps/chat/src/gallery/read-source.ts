import type { ChatKitOptions } from '@parley/element'
import { checkedWidgetRootSchema, type ThreadItem, threadItemSchema, threadStreamEventSchema } from '@parley/protocol'
import { z } from 'zod'
import type { Sample, SampleKind } from '../samples/sample.js'
import { type Scene, STORED } from './scene.js'

/** What is wrong with a source, and where: `children[0].value`. */
export interface Fault {
  path: string
  message: string
}

export type Reading = { scene: Scene; faults?: undefined } | { scene?: undefined; faults: Fault[] }

/** A sample's source as text, the way it is shown to be edited and copied. */
export function writeSource(sample: Sample): string {
  return sample.kind === 'markdown' ? sample.source : JSON.stringify(sample.source, null, 2)
}

/** The scene of an edited source, or every fault in it by path. */
export function readSource(sample: Sample, text: string): Reading {
  const base: Scene = { question: sample.question ?? sample.id, items: [], events: null, options: {}, opens: 'thread' }
  try {
    return { scene: { ...base, ...READERS[sample.kind](text) } }
  } catch (thrown) {
    return { faults: faultsOf(thrown) }
  }
}

const answer = (item: unknown): ThreadItem => threadItemSchema.parse({ id: 'answer', ...STORED, ...(item as object) })

const READERS: Record<SampleKind, (text: string) => Partial<Scene>> = {
  widget: (text) => {
    const widget = checkedWidgetRootSchema.parse(parseJson(text))
    return { items: [answer({ type: 'widget', widget })] }
  },
  item: (text) => {
    const item = parseJson(text)
    if (isRecord(item) && item.type === 'widget') z.object({ widget: checkedWidgetRootSchema }).parse(item) // the thread's own schema is more lenient
    return { items: [answer(item)] }
  },
  markdown: (text) => ({
    items: [answer({ type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }] })],
  }),
  events: (text) => ({ events: z.array(threadStreamEventSchema).parse(parseJson(text)), opens: 'asking' }),
  options: (text) => {
    const options: ChatKitOptions = z.looseObject({}).parse(parseJson(text)) // the element names what it does not know
    return { options, opens: 'empty' }
  },
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new SourceError(whereInJson(text, thrown), jsonMessage(thrown))
  }
}

/** JSON that does not parse, with the place the reader has to look at. */
class SourceError extends Error {
  override readonly name = 'SourceError'
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message)
  }
}

function faultsOf(thrown: unknown): Fault[] {
  if (thrown instanceof SourceError) return [{ path: thrown.path, message: thrown.message }]
  if (!(thrown instanceof z.ZodError)) throw thrown
  return thrown.issues.map(({ path, message }) => ({ path: pathText(path), message }))
}

/** `["children", 0, "value"]` → `children[0].value`. */
function pathText(path: PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

/** Every browser words it in its own way; those that count characters are told by line instead. */
function whereInJson(text: string, thrown: unknown): string {
  const position = /position (\d+)/.exec(String(thrown))?.[1]
  const line = /line (\d+)/.exec(String(thrown))?.[1]
  if (line) return `line ${line}`
  return position ? `line ${text.slice(0, Number(position)).split('\n').length}` : 'JSON'
}

function jsonMessage(thrown: unknown): string {
  return String(thrown)
    .replace(/^SyntaxError: (JSON\.parse: )?/, '')
    .replace(/ (in JSON )?at position.*$/s, '')
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
