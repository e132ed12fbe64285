/** What the microphone can run into; the words for it are the chat's own. */
export type MicProblem = 'micDenied' | 'micMissing' | 'micUnsupported' | 'micFailed'

export class MicError extends Error {
  override readonly name = 'MicError'
  constructor(
    readonly problem: MicProblem,
    cause?: unknown,
  ) {
    super(problem, { cause })
  }
}

export interface Recorder {
  /** How loud it is just now, 0 to 1. */
  level(): number
  /** Ends the recording and hands it over. */
  finish(): Promise<Blob>
  /** Ends it and forgets it. Also lets go of the microphone, which every way to end does. */
  cancel(): void
}

/** What speech needs; five minutes of it stay well below what a server takes in one request. */
const BITS_PER_SECOND = 32_000
const FORMATS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']

/** Asks for the microphone and begins to record. @throws {MicError} */
export async function startRecorder(signal: AbortSignal): Promise<Recorder> {
  if (!navigator.mediaDevices || typeof MediaRecorder === 'undefined') throw new MicError('micUnsupported')
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } })
    .catch((thrown: unknown) => {
      throw new MicError(problemOf(thrown), thrown)
    })
  const release = () => {
    for (const track of stream.getTracks()) track.stop()
  }
  if (signal.aborted) {
    release() // the person changed their mind before the browser had asked
    throw new MicError('micFailed')
  }
  try {
    return record(stream, release)
  } catch (thrown) {
    release()
    throw new MicError('micFailed', thrown)
  }
}

function record(stream: MediaStream, release: () => void): Recorder {
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format))
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType && { mimeType }) })
  const parts: Blob[] = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  recorder.start()
  const meter = createMeter(stream)
  const end = () => {
    meter.close()
    if (recorder.state !== 'inactive') recorder.stop()
    release()
  }
  return {
    level: meter.level,
    finish: () =>
      new Promise((resolve) => {
        const done = () => resolve(new Blob(parts, { type: recorder.mimeType || mimeType || 'audio/webm' }))
        if (recorder.state === 'inactive') return done() // the microphone was taken away: what there is, is kept
        recorder.onstop = done
        end()
      }),
    cancel() {
      recorder.ondataavailable = null
      end()
    },
  }
}

function createMeter(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 512
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      return Math.min(1, Math.sqrt(power) * 5)
    },
    close: () => void context.close(),
  }
}

function problemOf(thrown: unknown): MicProblem {
  const name = thrown instanceof DOMException ? thrown.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'micDenied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'micMissing'
  return 'micFailed'
}
