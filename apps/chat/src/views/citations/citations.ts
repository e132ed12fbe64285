import type { AssistantMessageContent, Source } from '@parley/protocol'
import type { ChatOptions } from '../../store/options.js'

/** A source with the number the reader knows it by. */
export interface NumberedSource {
  number: number
  source: Source
}

export interface Sources {
  list: NumberedSource[]
  numberOf(source: Source): number
}

/** Markers at one position of a text; the same position groups together. */
export interface CitationGroup {
  index: number
  sources: NumberedSource[]
}

/** Numbers the sources of an answer in the order of their first marker; the same source keeps its number. */
export function collectSources(content: readonly AssistantMessageContent[]): Sources {
  const byKey = new Map<string, NumberedSource>()
  for (const part of content) {
    for (const { source } of part.annotations) {
      const key = keyOf(source)
      if (!byKey.has(key)) byKey.set(key, { number: byKey.size + 1, source })
    }
  }
  return { list: [...byKey.values()], numberOf: (source) => byKey.get(keyOf(source))?.number ?? 0 }
}

/** The markers of one text part, by position; annotations without a position are in the list of sources only. */
export function groupCitations({ annotations }: AssistantMessageContent, { numberOf }: Sources): CitationGroup[] {
  const groups = new Map<number, NumberedSource[]>()
  for (const { index, source } of annotations) {
    if (index === undefined || index === null) continue
    const group = groups.get(index) ?? []
    const number = numberOf(source)
    if (!group.some((known) => known.number === number)) group.push({ number, source })
    groups.set(index, group)
  }
  return [...groups].map(([index, sources]) => ({ index, sources })).sort((a, b) => a.index - b.index)
}

/** Only addresses a browser may be sent to; anything else a model wrote is text. */
export function sourceUrl(source: Source): string | null {
  if (source.type !== 'url' || !URL.canParse(source.url)) return null
  const { protocol, href } = new URL(source.url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}

/** The small print of a source: where it comes from. A page's host is always said, whoever it is attributed to. */
export function sourceOrigin(source: Source): string {
  if (source.type === 'file') return source.filename
  if (source.type === 'entity') return source.label ?? ''
  const url = sourceUrl(source)
  const host = url ? new URL(url).hostname.replace(/^www\./, '') : ''
  return [source.attribution, host].filter((part) => part).join(' · ')
}

/** When a source is from, in the reader's words where it is a date that can be read, else as it came. */
export function sourceTime({ timestamp }: Source, locale: string): string {
  const time = Date.parse(timestamp ?? '')
  return Number.isNaN(time)
    ? (timestamp ?? '')
    : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time)
}

/** What a click on the source tells the page, by the path of the option that hears it; `null` where nothing is to do. */
export function sourceCall(source: Source, options: ChatOptions): { path: string; argument: unknown } | null {
  if (source.type === 'file') {
    return options.sources?.onFileClick ? { path: 'sources.onFileClick', argument: source } : null
  }
  if (source.type !== 'entity' || !source.interactive || !options.entities?.onClick) return null
  const { id, title, icon, data, group } = source
  return { path: 'entities.onClick', argument: { id, title, icon, data, group } }
}

const keyOf = (source: Source) =>
  source.type === 'url' ? source.url : source.type === 'file' ? `file:${source.filename}` : `entity:${source.id}`
