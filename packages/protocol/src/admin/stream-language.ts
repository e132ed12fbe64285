import { z } from 'zod'

/** The two languages of event streams that one address speaks: those of Xpert's clients and of LangGraph's. */
export const STREAM_LANGUAGES = ['xpert', 'langgraph'] as const

export const streamLanguageSchema = z
  .enum(STREAM_LANGUAGES)
  .describe(
    'The language of event streams below `/api/ai`: that of Xpert’s clients or of LangGraph’s, whatever a request looks like. What a key says wins over what its app says. `null`: nothing is said; where nobody says anything, the request decides.',
  )

/** A language of event streams. */
export type StreamLanguage = z.infer<typeof streamLanguageSchema>
