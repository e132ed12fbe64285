import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { answeredError, type HostNames, unreachableError } from './model-error.js'
import { headersOf, type ModelHost, namesOf } from './model-host.js'
import { fetchTransport } from './transport.js'

const answer = z.object({ text: z.string() })

/** Hosts tell the kind of a recording by the ending of its name. */
const ENDINGS: Record<string, string> = {
  'audio/webm': 'webm',
  'audio/mp4': 'mp4',
  'audio/x-m4a': 'm4a',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
}

/**
 * Has a model host turn speech into text (`POST /audio/transcriptions`, OpenAI's form).
 *
 * @throws {ParleyError} `model_failed` when the host has no such thing, refuses or cannot be reached.
 */
export async function transcribe(
  host: ModelHost,
  model: string,
  { data, mediaType }: { data: Uint8Array; mediaType: string },
): Promise<string> {
  const names = namesOf(host, model)
  const form = new FormData()
  form.set('model', model)
  form.set('file', new File([new Uint8Array(data)], `speech.${ENDINGS[mediaType] ?? 'webm'}`, { type: mediaType }))
  const encoded = new Response(form)
  const contentType = encoded.headers.get('content-type') ?? ''
  const response = await (host.transport ?? fetchTransport)(
    `${host.baseUrl.replace(/\/+$/, '')}/audio/transcriptions`,
    {
      method: 'POST',
      headers: { ...headersOf(host), 'content-type': contentType },
      body: new Uint8Array(await encoded.arrayBuffer()),
    },
  ).catch((thrown: unknown) => {
    throw unreachableError(names, thrown)
  })
  const text = await response.text()
  if (NOT_THERE.has(response.status)) throw noTranscription(names)
  if (response.status !== 200) throw answeredError(names, response.status, text)
  const { data: found } = answer.safeParse(parseJson(text))
  if (!found) throw new ParleyError('model_failed', `The model host ${names.host} answered a recording with no text.`)
  return found.text.trim()
}

const NOT_THERE = new Set([404, 405, 501])

const noTranscription = ({ host, model, settings }: HostNames) =>
  new ParleyError(
    'model_failed',
    `The model host ${host} turns no speech into text, or does not know the model "${model}". Set PARLEY_TRANSCRIPTION_MODEL to one it has, or ${settings.url} to a host with /audio/transcriptions.`,
  )

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no text, which the schema says next
  }
}
