/**
 * Asks for a script of the frame while the frame itself is on its way: one round trip less before the chat can be used.
 * The frame takes it over as it is being loaded, in browsers that share scripts between documents of one origin. Only on
 * pages of the server's own origin; browsers keep apart what other sites load, and would load it twice.
 */
export function warmUp(frameUrl: URL, script: string | undefined): void {
  if (script === undefined || frameUrl.origin !== location.origin) return
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  const { href } = new URL(script, frameUrl)
  document.head.append(
    Object.assign(document.createElement('link'), { rel: 'modulepreload', href, ...(nonce && { nonce }) }),
  )
}
