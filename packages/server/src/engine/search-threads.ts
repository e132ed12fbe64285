import { markdownWords, type ThreadMatch, type ThreadMatchPage } from '@parley/protocol'
import { findWords, foldText } from '../base/fold-text.js'
import { readableText } from '../storage/search-text.js'
import type { FoundThread } from '../storage/store.js'
import type { Call, ThreadSearchQuery } from './engine.js'
import type { Parts } from './parts.js'
import { toPageQuery } from './threads.js'
import { visibleThread } from './visible.js'

/** Characters before the first word found, and of the whole excerpt. */
const LEAD = 40
const EXCERPT = 160

/** The caller's threads that hold every word, newest first, with the places of the words. */
export async function searchThreads<Context>(
  { store }: Parts<Context>,
  { context }: Call<Context>,
  { query, ...page }: ThreadSearchQuery,
): Promise<ThreadMatchPage> {
  const words = foldText(query)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return { data: [], has_more: false }
  const found = await store.searchThreads({ words, ...toPageQuery(page) }, context)
  return { ...found, data: found.data.map((match) => toMatch(match, words)) }
}

function toMatch({ thread, item }: FoundThread, words: string[]): ThreadMatch {
  return {
    thread: visibleThread(thread),
    title_marks: findWords(thread.title ?? '', words),
    ...(item && { excerpt: { item_id: item.id, ...excerptOf(readableText(item), words) } }),
  }
}

/** One line of the text around the first word found in it, without the marks of Markdown unless one holds the word. */
function excerptOf(whole: string, words: string[]): Pick<NonNullable<ThreadMatch['excerpt']>, 'text' | 'marks'> {
  const place = findWords(whole, words)[0]?.[0] ?? 0
  const start = place <= EXCERPT ? 0 : Math.max(whole.lastIndexOf(' ', place - EXCERPT) + 1, place - 2 * EXCERPT)
  const near = whole.slice(start, start + 4 * EXCERPT)
  const read = markdownWords(near)
  const text = (findWords(read, words).length > 0 ? read : near).replace(/\s+/g, ' ').trim()
  const first = findWords(text, words)[0]?.[0] ?? 0
  const from = first <= LEAD ? 0 : Math.max(text.lastIndexOf(' ', first - LEAD) + 1, first - 2 * LEAD)
  const to = from + EXCERPT
  const cut = `${start + from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length || start + near.length < whole.length ? '…' : ''}`
  return { text: cut, marks: findWords(cut, words) }
}
