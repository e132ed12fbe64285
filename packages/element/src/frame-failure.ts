import { BridgeError } from './bridge/bridge-error.js'

/** How long a frame that has loaded may stay silent before the page says so, and how long one may take to load. */
const SILENCE_AFTER_LOAD_MS = 1500
const SILENCE_AT_MOST_MS = 20_000

/**
 * Watches an iframe until the chat inside it has answered. Calls `onFailure` with a sentence that names the likely
 * cause when it does not. Returns how to stop watching.
 */
export function watchFrame(frame: HTMLIFrameElement, onFailure: (error: BridgeError) => void): () => void {
  const { href, origin } = new URL(frame.src)
  const stop = new AbortController()
  const { signal } = stop

  const fail = (error: BridgeError) => {
    if (signal.aborted) return
    stop.abort()
    onFailure(error)
  }
  const giveUp = async () => fail(await explainSilence(href, origin))
  let timer = setTimeout(giveUp, SILENCE_AT_MOST_MS)
  signal.addEventListener('abort', () => clearTimeout(timer))

  frame.addEventListener(
    'load',
    () => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, SILENCE_AFTER_LOAD_MS)
    },
    { signal },
  )
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI }) => {
      if (/^(frame|child|default)-src$/.test(effectiveDirective) && blockedURI.startsWith(origin)) {
        fail(blockedByPage(origin))
      }
    },
    { signal },
  )
  return () => stop.abort()
}

function blockedByPage(origin: string): BridgeError {
  return new BridgeError(
    'frame_blocked',
    `This page's Content-Security-Policy does not allow the chat from ${origin}. Add ${origin} to its frame-src.`,
  )
}

/** An iframe hides why it failed. Asking for the same address ourselves tells at least whether anybody answers. */
async function explainSilence(href: string, origin: string): Promise<BridgeError> {
  try {
    await fetch(href, { mode: 'no-cors', credentials: 'omit' })
  } catch (cause) {
    return new BridgeError(
      'frame_unreachable',
      `The chat could not be loaded from ${origin}. Check that the server is running and that this address, taken from ` +
        'the script tag, is right and reachable from this browser.',
      { cause },
    )
  }
  return new BridgeError(
    'frame_silent',
    `${origin} answers, but the chat did not start. Check that ${href.split('#')[0]} opens in a new tab, and that ` +
      'neither a proxy nor a Content-Security-Policy (frame-src, frame-ancestors) or X-Frame-Options stands between.',
  )
}
