import { ParleyError } from '@parley/protocol'
import type { Call, Engine } from '../../../engine/engine.js'
import { answerOf, findRunOr, readTurnOf } from '../../../engine/turns.js'
import { readForm } from '../../../http/form.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { optionalUserOf, readBody } from '../decode.js'
import type { AppCalls } from '../decode-call.js'
import { failure, invalidParam, notFound } from '../errors.js'
import { ofUser } from '../schema.js'
import { recordingSchema, speechBodySchema, transcriptSchema } from './schema.js'

/** Recordings as clients of this API name them, and as they are called elsewhere. */
const TYPES: Record<string, string> = {
  'audio/mp3': 'audio/mpeg',
  'audio/mpeg': 'audio/mpeg',
  'audio/mpga': 'audio/mpeg',
  'audio/m4a': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/mp4': 'audio/mp4',
  'audio/wav': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/webm': 'audio/webm',
  'audio/ogg': 'audio/ogg',
  'audio/amr': 'audio/amr',
}
const MOST_BYTES = 30 * 1024 * 1024

export interface AudioParts<Context> extends AppCalls<Context> {
  engine: Engine<Context>
}

/** Speech to text and back. Source: the ClickAI contract, section 14. */
export function audioRoutes<Context>({ engine, appOf, callOf }: AudioParts<Context>): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/audio-to-text',
      description: {
        id: 'audioToText',
        group: 'Audio',
        summary: 'Turn recorded speech into text.',
        failures: [413, 415],
        form: recordingSchema,
        example: { file: '@speech.mp3', user: 'user_123' },
        answer: transcriptSchema,
      },
      async handle(request) {
        const caller = await appOf(request)
        const form = await readForm(request, MOST_BYTES).catch(asAudioFailure)
        const file = form.get('file')
        if (!(file instanceof File)) throw failure('no_audio_uploaded', 'Please upload your audio.')
        if (file.size > MOST_BYTES) throw failure('audio_too_large', 'Audio size exceeded: at most 30 MB.')
        const mimeType = TYPES[file.type.split(';')[0]?.trim().toLowerCase() ?? '']
        if (!mimeType)
          throw failure('unsupported_audio_type', 'Audio type not allowed. Send MP3, M4A, WAV, AMR or WebM.')
        const call = await callOf(request, caller, optionalUserOf({ user: form.get('user') }))
        if (!(call.app.hears ?? call.app.transcribe !== undefined))
          throw failure('speech_to_text_disabled', 'Speech to text is disabled: no model for it is connected.')
        return Response.json(
          await engine.transcribe(call, { data: new Uint8Array(await file.arrayBuffer()), mimeType }),
        )
      },
    },
    {
      method: 'POST',
      path: '/v1/text-to-audio',
      description: {
        id: 'textToAudio',
        group: 'Audio',
        summary: 'Have a text spoken, or an answer.',
        failures: [404],
        body: speechBodySchema.extend(ofUser),
        example: { text: 'Hello', user: 'user_123' },
        file: 'audio/mpeg',
      },
      async handle(request) {
        const caller = await appOf(request)
        const body = await readBody(request)
        const { text: given, message_id: messageId, voice } = checkBody(speechBodySchema, body)
        const call = await callOf(request, caller, optionalUserOf(body))
        const text = messageId === undefined ? given : await answerTo(engine, call, messageId)
        if (text === undefined || text.trim() === '')
          throw invalidParam('text', 'text is missing: what is to be spoken?')
        if (!call.app.speak)
          throw failure('text_to_audio_disabled', 'Text to audio is disabled: no model for it is connected.')
        const audio = await engine.speak(call, { text, voice })
        return new Response(audio, { headers: { 'content-type': 'audio/mpeg' } })
      },
    },
  ]
}

/** What was answered to a message, which is known by its run. */
async function answerTo<Context>(engine: Engine<Context>, call: Call<Context>, runId: string): Promise<string> {
  const run = await findRunOr(engine, call, { runId, missing: () => notFound('Message Not Exists.') })
  const turn = await readTurnOf(engine, call, run)
  return turn ? answerOf(turn) : ''
}

function asAudioFailure(thrown: unknown): never {
  if (!(thrown instanceof ParleyError)) throw thrown
  if (thrown.code === 'payload_too_large') throw failure('audio_too_large', 'Audio size exceeded: at most 30 MB.')
  throw failure('no_audio_uploaded', 'Please upload your audio as multipart/form-data, in the field "file".')
}
