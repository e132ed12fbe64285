/**
 * Asks for the frame's first files while the frame itself is on its way: one round trip less before the chat can be used.
 * Only on pages of the server's own origin; browsers keep apart what other sites load, and would load it twice.
 */
export function warmUp(frameUrl: URL, files: readonly string[]): void {
  if (frameUrl.origin !== location.origin) return
  for (const file of files) {
    const { href } = new URL(file, frameUrl)
    if (file.endsWith('.css')) keep(href)
    else preload(href)
  }
}

/** The frame takes the script over as it is being loaded, in browsers that share them between documents of one origin. */
function preload(href: string): void {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href, ...(nonce && { nonce }) })
  document.head.append(link)
}

/** A style sheet that is preloaded but not used by the page itself is warned of in its console. */
function keep(href: string): void {
  // Read to its end, because only a whole answer is kept; what fails here is asked for again by the frame.
  fetch(href)
    .then((response) => response.blob())
    .catch(() => undefined)
}
