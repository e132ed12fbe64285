import { curlSnippet } from './curl.js'
import { javaScriptSnippet } from './javascript.js'
import { pythonSnippet } from './python.js'
import type { SampleRequest } from './sample-request.js'

/** The languages of examples, in the order they are offered. */
export const LANGUAGES = [
  { id: 'curl', name: 'curl', write: curlSnippet },
  { id: 'javascript', name: 'JavaScript', write: javaScriptSnippet },
  { id: 'python', name: 'Python', write: pythonSnippet },
] as const

export type Language = (typeof LANGUAGES)[number]['id']

/** One request in every language. */
export const snippetsOf = (request: SampleRequest): { id: Language; name: string; code: string }[] =>
  LANGUAGES.map(({ id, name, write }) => ({ id, name, code: write(request) }))
