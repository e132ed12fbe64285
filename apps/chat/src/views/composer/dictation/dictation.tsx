/** Speaking instead of typing. Loaded, with its styles, when the microphone is first pressed. */
import '../../../styles/dictation.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../icon.js'
import { IconButton } from '../../icon-button.js'
import { useText } from '../../session-context.js'
import { LevelBars } from './level-bars.js'
import { useDictation } from './use-dictation.js'

interface Props {
  onText(text: string): void
  onClose(): void
}

/** Takes the place of the composer's buttons while somebody speaks: how loud it is, how long, and the two ways to end. */
export function Dictation({ onText, onClose }: Props) {
  const text = useText()
  const { phase, problem, level, finish, retry } = useDictation(onText)
  const group = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (phase !== 'transcribing') group.current?.querySelector<HTMLElement>('.dictation-main')?.focus()
  }, [phase])

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset
    <div
      ref={group}
      class="dictation"
      role="group"
      aria-label={text.dictation}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <IconButton
        icon="close"
        label={phase === 'failed' ? text.dismiss : text.cancelDictation}
        class={phase === 'failed' && !retry ? 'dictation-main' : ''}
        onClick={onClose}
      />
      {phase === 'failed' ? (
        <p class="dictation-problem" role="alert" dir="auto">
          {problem}
        </p>
      ) : (
        <>
          {phase === 'recording' && <Time />}
          <p class={phase === 'recording' ? 'unseen' : 'dictation-note'} role="status">
            {phase === 'transcribing' ? text.transcribing : phase === 'recording' ? text.recording : ''}
          </p>
          {phase === 'recording' && <LevelBars level={level} />}
        </>
      )}
      {phase === 'recording' && (
        <button
          type="button"
          class="send dictation-main"
          aria-label={text.finishDictation}
          title={text.finishDictation}
          onClick={finish}
        >
          <Icon name="check" />
        </button>
      )}
      {retry && <IconButton icon="retry" label={text.retryDictation} class="dictation-main" onClick={retry} />}
    </div>
  )
}

/** How long it has been, m:ss. */
function Time() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const start = performance.now()
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - start) / 1000)), 250)
    return () => clearInterval(timer)
  }, [])
  return (
    <span class="dictation-time" role="timer">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}
