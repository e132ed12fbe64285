import { toBase64 } from '../../../base/base64.js'
import type { StreamEvent } from './event-schema.js'
import type { MessageHead } from './schema.js'

/** What one event carries; base64 makes four thirds of it. */
const BYTES_AT_ONCE = 24 * 1024

/** What an answer says, and what the events that speak it begin with. */
export interface Spoken {
  text: string
  head: MessageHead
}

/** Remembers what an answer says while it is written. An answer that failed, or says nothing, is not spoken. */
export function createListener() {
  let text = ''
  let head: MessageHead | undefined
  return {
    hear(event: StreamEvent): void {
      if (event.event === 'message' || event.event === 'agent_message') text += event.answer
      if (event.event === 'message_replace') text = event.answer
      if (event.event !== 'message_end') return
      const { event: _, id: __, metadata: ___, files: ____, ...place } = event
      head = place as MessageHead // an answer that has ended has one
    },
    heard: (): Spoken | undefined => (head && text.trim() !== '' ? { text, head } : undefined),
  }
}

/** The recording of an answer: `tts_message` by `tts_message`, then `tts_message_end`. Source: the ClickAI contract, section 10. */
export function* encodeSpeech(audio: Uint8Array, { head }: Spoken): Generator<StreamEvent> {
  for (let start = 0; start < audio.length; start += BYTES_AT_ONCE)
    yield { event: 'tts_message', ...head, audio: toBase64(audio.subarray(start, start + BYTES_AT_ONCE)) }
  yield { event: 'tts_message_end', ...head, audio: '' }
}
