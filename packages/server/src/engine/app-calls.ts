import { ParleyError } from '@parley/protocol'
import type { Call } from './engine.js'

/** As MP3. @throws {ParleyError} `not_configured` for an app without a voice */
export async function speak<Context>(
  { app, context }: Call<Context>,
  request: { text: string; voice?: string | undefined },
): Promise<Uint8Array<ArrayBuffer>> {
  if (app.speak) return app.speak(request, context)
  throw new ParleyError(
    'not_configured',
    'Nothing here speaks texts. Set PARLEY_SPEECH_MODEL to a model of a host with /audio/speech.',
  )
}

export async function transcribe<Context>(
  { app, context }: Call<Context>,
  { data, mimeType }: { data: Uint8Array; mimeType: string },
): Promise<{ text: string }> {
  if (!app.transcribe) throw new ParleyError('not_configured', 'This app takes no dictation.')
  const mediaType = (mimeType.split(';')[0] ?? '').trim()
  return { text: await app.transcribe({ data, mimeType, mediaType }, context) }
}
