import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { frameOf } from './axe.js'

const require = createRequire(import.meta.url)
const fontFile = (path: string) => readFileSync(require.resolve(`@fontsource/${path}.woff2`)).toString('base64')

/** The family the gallery is asked for (`?font=Picture`), the same letters on every machine. */
export const PICTURE_FONT = 'Picture'

const FACES = [
  ...[400, 500, 600].map((weight) => ({
    family: PICTURE_FONT,
    weight: String(weight),
    bytes: fontFile(`inter/files/inter-latin-${weight}-normal`),
  })),
  {
    family: `${PICTURE_FONT} Mono`,
    weight: '400',
    bytes: fontFile('jetbrains-mono/files/jetbrains-mono-latin-400-normal'),
  },
]

/** Brings the fonts into the chat of the page, past the network. */
export async function addPictureFonts(page: Page): Promise<void> {
  await frameOf(page).evaluate(async (faces) => {
    for (const { family, weight, bytes } of faces) {
      const buffer = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)).buffer
      document.fonts.add(await new FontFace(family, buffer, { weight }).load())
    }
  }, FACES)
}
