/**
 * Asks for the frame's first files while the frame itself is on its way: one round trip less before the chat can be used.
 * Only on pages of the server's own origin; browsers keep apart what other sites load, and would load it twice.
 */
export function warmUp(frameUrl: URL, files: readonly string[]): void {
  if (frameUrl.origin !== location.origin) return
  for (const file of files) {
    // Read to its end, because only a whole answer is kept; what fails here is asked for again by the frame.
    fetch(new URL(file, frameUrl))
      .then((response) => response.blob())
      .catch(() => undefined)
  }
}
