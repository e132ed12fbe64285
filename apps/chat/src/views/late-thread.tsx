import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useText } from './session-context.js'
import { Skeleton } from './skeleton.js'

/**
 * The conversation, whose code comes behind the first screen: half of the frame is about drawing messages, and a composer
 * can be written in before that half is there. It is asked for as soon as the first screen stands, not when it is needed.
 */
export function LateThread({ wanted }: { wanted: boolean }) {
  const [View, setView] = useState<ComponentType | null>(() => loaded)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (View) return
    loadThreadView().then(
      (view) => setView(() => view),
      () => setFailed(true),
    )
  }, [View])
  if (!wanted) return null
  if (View) return <View />
  return (
    <div class="thread-frame">
      <div class="thread">
        <div class="column">{failed ? <Missing /> : <Skeleton />}</div>
      </div>
    </div>
  )
}

let loaded: ComponentType | null = null

async function loadThreadView(): Promise<ComponentType> {
  loaded = (await import('./thread-view.js')).ThreadView
  return loaded
}

/** A browser does not ask twice for code that did not come, unless the frame is loaded anew. */
function Missing() {
  const text = useText()
  return (
    <div class="problem" role="alert">
      <p>{text.problems.network}</p>
      <button type="button" class="button" onClick={() => location.reload()}>
        {text.retry}
      </button>
    </div>
  )
}
