import { useEffect, useRef } from 'preact/hooks'

const BARS = 48
const STEP_MS = 70

/** How loud it was a moment ago, newest at the end: says at a glance that the microphone hears. */
export function LevelBars({ level }: { level(): number }) {
  const bars = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const levels = new Array<number>(BARS).fill(0)
    const timer = setInterval(() => {
      levels.push(level())
      levels.shift()
      for (const [at, bar] of [...(bars.current?.children ?? [])].entries()) {
        if (bar instanceof HTMLElement) bar.style.transform = `scaleY(${Math.max(0.1, levels[at] ?? 0)})`
      }
    }, STEP_MS)
    return () => clearInterval(timer)
  }, [level])
  return (
    <span class="dictation-levels" ref={bars} aria-hidden="true">
      {Array.from({ length: BARS }, (_, at) => (
        <span key={at} />
      ))}
    </span>
  )
}
