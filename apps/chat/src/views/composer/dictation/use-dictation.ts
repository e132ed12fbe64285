import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useSession, useText } from '../../session-context.js'
import { MicError, type Recorder, startRecorder } from './recorder.js'

/** Then it is turned into text by itself. */
const LONGEST_MS = 5 * 60_000

export type DictationPhase = 'asking' | 'recording' | 'transcribing' | 'failed'

/** One dictation: from the question for the microphone to the text. `onText` gets the text, once. */
export function useDictation(onText: (text: string) => void) {
  const session = useSession()
  const text = useText()
  const [phase, setPhase] = useState<DictationPhase>('asking')
  const [problem, setProblem] = useState('')
  const recorder = useRef<Recorder | null>(null)
  const recording = useRef<Blob | null>(null)
  const isOver = useRef(false)
  const words = useRef(text)
  words.current = text

  const fail = useCallback(
    (said: string, error: unknown) => {
      if (isOver.current) return
      setProblem(said)
      setPhase('failed')
      session.reportError(error)
    },
    [session],
  )

  const transcribe = useCallback(async () => {
    const audio = recording.current
    if (!audio) return
    setPhase('transcribing')
    try {
      const { text: heard } = await session.transcribe({ audio_base64: await toBase64(audio), mime_type: audio.type })
      if (isOver.current) return
      if (heard.trim()) return onText(heard.trim())
      recording.current = null
      setProblem(words.current.nothingHeard)
      setPhase('failed')
    } catch (error) {
      fail(serverWords(error) ?? words.current.transcriptionFailed, error)
    }
  }, [session, onText, fail])

  const finish = useCallback(async () => {
    const running = recorder.current
    recorder.current = null
    if (!running) return
    recording.current = await running.finish()
    await transcribe()
  }, [transcribe])

  useEffect(() => {
    const left = new AbortController()
    isOver.current = false
    let timer: ReturnType<typeof setTimeout> | undefined
    startRecorder(left.signal).then(
      (started) => {
        recorder.current = started
        setPhase('recording')
        timer = setTimeout(finish, LONGEST_MS)
      },
      (error: unknown) => fail(words.current[error instanceof MicError ? error.problem : 'micFailed'], error),
    )
    return () => {
      isOver.current = true
      clearTimeout(timer)
      left.abort()
      recorder.current?.cancel()
      recorder.current = null
    }
  }, [finish, fail])

  const level = useCallback(() => recorder.current?.level() ?? 0, [])
  const canRetry = phase === 'failed' && recording.current !== null
  return { phase, problem, level, finish, ...(canRetry && { retry: transcribe }) }
}

/** What the server says that concerns the person; what failed behind it is told to the page. */
function serverWords(error: unknown): string | undefined {
  const { status, code, message } = Object(error)
  return (status >= 400 && status < 500) || code === 'not_configured' ? String(message) : undefined
}

function toBase64(audio: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, '')) // a data: address: what follows the comma
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(audio)
  })
}
