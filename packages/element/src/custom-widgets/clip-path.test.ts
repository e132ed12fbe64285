import { describe, expect, it } from 'vitest'
import { clipPath } from './clip-path.js'

const view = { left: 10, top: 50, width: 300, height: 400 }

describe('what is seen of the page’s widgets', () => {
  it('is the whole view while the frame shows nothing over it', () => {
    expect(clipPath(view, [])).toBe('none')
  })

  it('leaves out what the frame shows over the view, in the view’s own coordinates', () => {
    expect(clipPath(view, [{ left: 20, top: 60, width: 100, height: 80 }])).toBe(
      'path(evenodd, "M0 0h300v400h-300zM10 10h100v80h-100z")',
    )
  })
})
