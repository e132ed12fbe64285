/**
 * Asks for the frame's first scripts while the frame itself is on its way: one round trip less before the chat can be used.
 * The frame takes them over as they are being loaded, in browsers that share them between documents of one origin. Only
 * on pages of the server's own origin; browsers keep apart what other sites load, and would load it twice.
 */
export function warmUp(frameUrl: URL, scripts: readonly string[]): void {
  if (frameUrl.origin !== location.origin) return
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  for (const script of scripts) {
    const { href } = new URL(script, frameUrl)
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'modulepreload', href, ...(nonce && { nonce }) }),
    )
  }
}
