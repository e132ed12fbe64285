/** Browsers count a press or a key as the person's will for this long, at most. */
const ACTIVATION_MS = 5000

export interface TouchGuard {
  /** `yes`: the person just did something in a frame; `maybe`: in a frame or in the chat; `no`: neither. */
  isTouched(): 'yes' | 'maybe' | 'no'
  stop(): void
}

/**
 * Tells what a person does in a frame of strangers from what the frame does by itself. No page can look into such a
 * frame; but the browser says that the person did something, and what was done in the chat itself is known.
 */
export function guardTouch(): TouchGuard {
  const stopping = new AbortController()
  // What was done before there was a frame was done in the chat.
  let lastOwn = navigator.userActivation.isActive ? performance.now() : Number.NEGATIVE_INFINITY
  const onOwn = () => {
    lastOwn = performance.now()
  }
  for (const name of ['keydown', 'pointerdown', 'pointerup']) {
    addEventListener(name, onOwn, { signal: stopping.signal, capture: true })
  }
  return {
    isTouched() {
      if (!navigator.userActivation.isActive) return 'no'
      return performance.now() - lastOwn > ACTIVATION_MS ? 'yes' : 'maybe'
    },
    stop: () => stopping.abort(),
  }
}
