import { useEffect, useRef, useState } from 'preact/hooks'
import { linkPolicy } from '../../markdown/link-policy.js'
import { HTML, READY, type SandboxState, STATE } from '../../sandbox/protocol.js'
import { toAction } from '../actions/action.js'
import { clamp, isRecord, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { OfferedAction, OfferedLink } from './offers.js'
import { answerMessage, type SandboxHost } from './sandbox-messages.js'
import { guardTouch } from './touch-guard.js'

/** Higher ones scroll inside themselves. */
const MOST_HEIGHT = 1200
const LEAST_HEIGHT = 24
const POLICY = linkPolicy(false)

export interface SandboxWidgetProps {
  html: string
  title: string
  data: WidgetProps
  /** Messages the page gets once it says it is ready. */
  whenReady?: object[]
}

/**
 * HTML that nobody here wrote, in a frame of no origin: it reaches neither the chat nor the network. It may ask for a
 * height, for a link to be offered and, right after the person touched it, for an action.
 */
export function SandboxWidget({ html, title, data, whenReady = [] }: SandboxWidgetProps) {
  const { scheme, locale, isLive, run, reportError } = useWidget()
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(LEAST_HEIGHT)
  const [link, setLink] = useState<string | null>(null)
  const [offer, setOffer] = useState<Offer | null>(null)
  const state: SandboxState = { data, isStreaming: isLive, theme: scheme, locale }
  const latest = useRef({ state, html, run, reportError, whenReady })
  latest.current = { state, html, run, reportError, whenReady }

  useEffect(() => {
    const guard = guardTouch()
    const post = (message: object) => frame.current?.contentWindow?.postMessage(message, '*') // an origin without a name
    const host: SandboxHost = {
      resize: (pixels) => setHeight(clamp(Math.ceil(pixels), LEAST_HEIGHT, MOST_HEIGHT)),
      offerLink(url) {
        const verdict = POLICY(url)
        setLink(verdict.kind === 'web' ? verdict.href : null)
      },
      async act(given) {
        const touched = guard.isTouched()
        if (touched === 'no') throw new UntouchedError()
        if (touched === 'maybe') await new Promise<void>((allow) => setOffer({ name: given.type, allow }))
        setOffer(null)
        await act(given, latest.current)
      },
      context: () => contextOf(latest.current.state),
      ready: () => latest.current.whenReady.forEach(post),
    }
    const listen = async ({ source, data }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.current?.contentWindow) return
      const { html, state } = latest.current
      if (isRecord(data) && data.type === READY) return post({ type: HTML, html, state })
      const answer = await answerMessage(data, host)
      if (answer) post(answer)
    }
    addEventListener('message', listen)
    return () => {
      removeEventListener('message', listen)
      guard.stop()
    }
  }, [html])

  const stateText = JSON.stringify(state)
  useEffect(() => {
    const { state } = latest.current
    const { contentWindow } = frame.current ?? {}
    contentWindow?.postMessage({ type: STATE, state }, '*')
    const params = contextOf(state)
    contentWindow?.postMessage({ jsonrpc: '2.0', method: 'ui/notifications/host-context-changed', params }, '*')
  }, [stateText])

  return (
    <div class="widget-sandbox">
      <iframe
        key={html}
        ref={frame}
        src={new URL('../sandbox/', location.href.replace(/#.*$/, '')).href}
        title={title}
        sandbox="allow-scripts allow-forms"
        referrerpolicy="no-referrer"
        style={{ height: `${height}px`, colorScheme: scheme }}
      />
      {link && <OfferedLink href={link} onDone={() => setLink(null)} />}
      {offer && <OfferedAction name={offer.name} onAllow={offer.allow} />}
    </div>
  )
}

function contextOf({ theme, locale }: SandboxState): Record<string, unknown> {
  return {
    theme,
    locale,
    displayMode: 'inline',
    availableDisplayModes: ['inline'],
    containerDimensions: { maxHeight: MOST_HEIGHT },
    platform: 'web',
  }
}

/** An action that waits for the person; a newer one takes its place. */
interface Offer {
  name: string
  allow(): void
}

interface Acting {
  run(action: NonNullable<ReturnType<typeof toAction>>): Promise<void>
  reportError(error: unknown): void
}

async function act(given: object, { run, reportError }: Acting): Promise<void> {
  const action = toAction(given)
  if (!action) return
  await run(action).catch((error) => {
    reportError(error)
    throw error
  })
}

/** A page in a sandbox acts for the person, so the person must just have touched it: nothing happens by itself. */
class UntouchedError extends Error {
  override readonly name = 'UntouchedError'
  constructor() {
    super('An action needs a click or a key of the person first.')
  }
}
