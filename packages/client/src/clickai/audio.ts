import { toWire } from '../transport/to-wire.js'
import type { Transport } from '../transport/transport.js'
import type { Verbs } from '../transport/verbs.js'
import { formOf, type UploadParams } from './files.js'
import type { OfUser } from './messages.js'

/** A message that was answered before, or any text. */
export type SpeechParams = OfUser & { voice?: string | undefined } & ({ messageId: string } | { text: string })

export const audioOf = ({ post }: Verbs, { send }: Transport) => ({
  toText: async (recording: Blob, { user, filename, ...init }: UploadParams) =>
    (await post<{ text: string }>('/audio-to-text', formOf(recording, { user, filename }), init)).text,
  fromText: async ({ signal, headers, ...params }: SpeechParams) =>
    (await send({ method: 'POST', path: '/text-to-audio', body: toWire(params), signal, headers })).blob(),
})
