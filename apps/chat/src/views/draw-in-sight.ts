/** How long what nobody sees may wait. */
const OUT_OF_SIGHT_MS = 250

/**
 * Draws at once while the end of `element`, where it grows, is in sight or no further than a screen away, and a few times
 * a second otherwise: a long answer grows screens below its reader, and laying it out there costs as much as before their eyes.
 */
export function drawInSight(element: Element, draw: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const drawNow = () => {
    stop()
    draw()
  }
  return {
    draw() {
      if (isNear(element)) drawNow()
      else timer ??= setTimeout(drawNow, OUT_OF_SIGHT_MS)
    },
    stop,
  }
}

/** Asked before anything of a frame is changed, so that it costs no layout. */
function isNear(element: Element): boolean {
  const { bottom } = element.getBoundingClientRect()
  return bottom > -innerHeight && bottom < 2 * innerHeight
}
