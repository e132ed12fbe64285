import { ParleyError } from '@parley/protocol'
import { answeredError, type HostNames, unreachableError } from './model-error.js'
import { headersOf, type ModelHost, namesOf } from './model-host.js'
import { fetchTransport } from './transport.js'

/** A text to be spoken. */
export interface SpeechRequest {
  text: string
  /** As the host calls it. Absent: {@link VOICE}. */
  voice?: string | undefined
}

/** The voice that OpenAI's clients begin with; hosts that speak its form know it. */
const VOICE = 'alloy'
/** What OpenAI takes at once, and a little less. */
const LONGEST = 4_000

/**
 * Has a model host speak a text (`POST /audio/speech`, OpenAI's form), as MP3. A long one is spoken in parts, cut between
 * words, which follow each other in one recording.
 *
 * @throws {ParleyError} `model_failed` when the host has no such thing, refuses or cannot be reached.
 */
export async function speak(
  host: ModelHost,
  model: string,
  { text, voice = VOICE }: SpeechRequest,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: string[] = []
  for (const input of cut(text)) parts.push(await speakPart(host, model, { input, voice }))
  return Uint8Array.from(parts.join(''), (letter) => letter.charCodeAt(0))
}

async function speakPart(host: ModelHost, model: string, said: { input: string; voice: string }): Promise<string> {
  const names = namesOf(host, model)
  const body = JSON.stringify({ model, ...said, response_format: 'mp3' })
  const url = `${host.baseUrl.replace(/\/+$/, '')}/audio/speech`
  const response = await (host.transport ?? fetchTransport)(url, {
    method: 'POST',
    headers: headersOf(host),
    body,
    isBinary: true,
  }).catch((thrown: unknown) => {
    throw unreachableError(names, thrown)
  })
  const answer = await response.text()
  if (NOT_THERE.has(response.status)) throw noSpeech(names)
  if (response.status !== 200) throw answeredError(names, response.status, answer)
  return answer
}

const NOT_THERE = new Set([404, 405, 501])

const noSpeech = ({ host, model }: HostNames) =>
  new ParleyError(
    'model_failed',
    `The model host ${host} speaks no texts, or does not know the model "${model}". Set PARLEY_SPEECH_MODEL to one it has.`,
  )

function cut(text: string): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > LONGEST) {
    const end = rest.lastIndexOf(' ', LONGEST)
    const place = end > 0 ? end : LONGEST
    pieces.push(rest.slice(0, place))
    rest = rest.slice(place).trim()
  }
  return [...pieces, rest]
}
