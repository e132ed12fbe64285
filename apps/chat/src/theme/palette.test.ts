import { describe, expect, it } from 'vitest'
import { contrast, type Oklch, readableOn, toOklch } from './color.js'
import { createPalette } from './palette.js'

const white: Oklch = { l: 1, c: 0, h: 0 }
const black: Oklch = { l: 0, c: 0, h: 0 }

describe('contrast', () => {
  it('is 21 between black and white and 1 between equals', () => {
    expect(contrast(white, black)).toBeCloseTo(21, 1)
    expect(contrast(white, white)).toBeCloseTo(1, 5)
  })

  it('agrees with the published value of a mid grey', () => {
    const grey = toOklch([0x76 / 255, 0x76 / 255, 0x76 / 255])

    expect(contrast(grey, white)).toBeCloseTo(4.54, 2)
  })

  it('chooses a readable foreground for any accent', () => {
    for (let h = 0; h < 360; h += 20) {
      for (const l of [0.3, 0.5, 0.62, 0.7, 0.85]) {
        const accent = { l, c: 0.15, h }

        expect(contrast(accent, readableOn(accent)), `l ${l} h ${h}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })
})

describe('the palette', () => {
  const grayscales = [0, 90, 180, 270].flatMap((hue) =>
    [0, 5, 9].flatMap((tint) => [-4, 0, 4].map((shade) => ({ hue, tint, shade }))),
  )

  it.each(['light', 'dark'] as const)('keeps text, secondary text and controls readable in %s', (scheme) => {
    for (const grayscale of grayscales) {
      const { neutral } = createPalette({ scheme, grayscale })
      for (const ground of neutral.slice(0, 4)) {
        expect(contrast(neutral[11]!, ground), 'text').toBeGreaterThanOrEqual(7)
        expect(contrast(neutral[9]!, ground), 'secondary').toBeGreaterThanOrEqual(4.5)
        expect(contrast(neutral[7]!, ground), 'controls').toBeGreaterThanOrEqual(3)
      }
    }
  })

  it.each(['light', 'dark'] as const)('keeps accents and meanings readable as text in %s', (scheme) => {
    for (let h = 0; h < 360; h += 30) {
      const palette = createPalette({ scheme, accent: { l: 0.7, c: 0.17, h } })
      for (const ground of palette.neutral.slice(0, 4)) {
        expect(contrast(palette.accentText, ground), `accent ${h}`).toBeGreaterThanOrEqual(4.5)
        for (const color of Object.values(palette.meaning)) expect(contrast(color, ground)).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  it('keeps text readable on the surfaces a host page chose itself', () => {
    const surface = { background: { l: 0.72, c: 0.08, h: 80 }, foreground: { l: 0.68, c: 0.08, h: 80 } }

    const { neutral } = createPalette({ scheme: 'light', surface })

    expect(contrast(neutral[11]!, neutral[0]!)).toBeGreaterThanOrEqual(7)
  })

  it.each([
    ['light', { l: 0.96, c: 0.03, h: 80 }, { l: 0.98, c: 0.02, h: 80 }],
    ['dark', { l: 0.24, c: 0.04, h: 240 }, { l: 0.31, c: 0.05, h: 240 }],
  ] as const)('lets every ground take after the surfaces of a host page in %s', (scheme, background, foreground) => {
    const { neutral } = createPalette({ scheme, surface: { background, foreground } })

    expect(neutral.slice(0, 3)).toEqual([background, foreground, foreground])
    for (const ground of neutral.slice(3, 7)) expect(ground).toMatchObject({ c: background.c, h: background.h })
    const away = neutral.slice(3, 7).map(({ l }) => Math.abs(l - background.l))
    expect(away).toEqual(away.toSorted((one, other) => one - other))
  })
})
