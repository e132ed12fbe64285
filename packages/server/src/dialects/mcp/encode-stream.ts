import type { LogEntry, RunStream } from '../../engine/engine.js'
import type { EventWriter } from '../../http/event-stream.js'
import { writeRun } from '../write-run.js'
import { Answer } from './encode-answer.js'
import { RPC, rpcError } from './errors.js'
import type { RequestId, WireResult } from './schema.js'

const HEARTBEAT = { text: ': keep-alive\n\n', everyMs: 15_000 }

export interface StreamReader {
  id: RequestId
  /** Absent: nobody asked for words about the progress. */
  progressToken: RequestId | undefined
  encodeResult(result: WireResult): object
  report(thrown: unknown): void
}

/** The answer behind words about its progress, for those who asked for them. Whoever leaves stops it. */
export function encodeStream(
  stream: RunStream,
  { id, progressToken, encodeResult, report }: StreamReader,
): EventWriter {
  const answer = new Answer(stream.run.threadId)
  let progress = 0
  return writeRun<LogEntry>(stream, {
    *encode(entries) {
      for (const { event } of entries) {
        const message = answer.take(event)
        if (message === undefined || progressToken === undefined) continue
        const params = { progressToken, progress: ++progress, message }
        yield eventText({ jsonrpc: '2.0', method: 'notifications/progress', params })
      }
    },
    heartbeat: HEARTBEAT,
    canReturn: false,
    broken: eventText(rpcError(id, RPC.internal, 'The answer broke off. The server’s log says why.')),
    behind: async () => [eventText(encodeResult(answer.result()))],
    report,
  })
}

const eventText = (message: object): string => `event: message\ndata: ${JSON.stringify(message)}\n\n`
