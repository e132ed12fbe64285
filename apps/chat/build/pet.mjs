import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The pet that Xpert's element draws on a page when the page brings none of its own: a parrot, frame by frame in one
 * picture, where that element looks for it. Rows and the number of their frames are those of
 * `@xpert-ai/chatkit-web-component` 0.3.4.
 */
export function buildPet(dist) {
  mkdirSync(join(dist, 'pet'), { recursive: true })
  writeFileSync(join(dist, 'pet/spritesheet.svg'), drawSheet())
}

const CELL = { width: 192, height: 208 }

const wave = (frame, frames) => Math.sin((2 * Math.PI * frame) / frames)

/** How the bird holds itself: `y` and `lift` from the ground; `lean` of the body, `tilt` of the head and `wing` in degrees. */
const ROWS = [
  { frames: 6, pose: (frame) => ({ y: 2 * wave(frame, 6), isBlinking: frame === 4 }) },
  { frames: 8, pose: (frame) => ({ ...running(frame), lean: 10 }) },
  { frames: 8, pose: (frame) => ({ ...running(frame), lean: 10, isMirrored: true }) },
  { frames: 4, pose: (frame) => ({ wing: frame % 2 === 0 ? 130 : 95, tilt: -6 }) },
  { frames: 5, pose: (frame) => jumping(Math.sin((Math.PI * frame) / 4)) },
  { frames: 8, pose: (frame) => ({ y: 4, lean: -4 + wave(frame, 8), tilt: 22, look: 'closed' }) },
  { frames: 6, pose: (frame) => ({ tilt: 9 * wave(frame, 6), isBlinking: frame === 3 }) },
  { frames: 6, pose: (frame) => ({ y: 2 * wave(frame, 3), wing: 20 + 25 * wave(frame, 3), tilt: 8 }) },
  { frames: 6, pose: (frame) => ({ tilt: 10, glance: 5 * wave(frame, 6) }) },
]

const running = (frame) => ({ y: -Math.abs(8 * wave(frame, 8)), wing: 15 + 15 * wave(frame, 4), step: wave(frame, 8) })

/** Smaller at its height, so that it stays in its cell. */
const jumping = (height) => ({ lift: 34 * height, size: 1 - 0.2 * height, wing: 95 * height })

function drawSheet() {
  const cells = ROWS.flatMap(({ frames, pose }, row) =>
    Array.from({ length: frames }, (_, column) => {
      const place = `translate(${column * CELL.width} ${row * CELL.height})`
      return `<g transform="${place}">${drawBird(pose(column))}</g>`
    }),
  )
  const size = `width="${8 * CELL.width}" height="${ROWS.length * CELL.height}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${DEFINITIONS}${cells.join('')}</svg>\n`
}

const DEFINITIONS = `<defs>
<g id="t"><path d="M76 150 46 190q14 6 26-4l22-26z" fill="#0e7490"/><path d="M86 154 66 194q14 2 22-10l14-26z" fill="#155e75"/></g>
<g id="b"><path d="M96 62c34 0 48 30 44 66-3 28-22 46-46 46s-44-18-44-48c0-36 16-64 46-64z" fill="#14b8a6"/><path d="M112 92c16 6 22 24 18 44-3 18-14 30-28 32-8-20-6-54 10-76z" fill="#99f6e4"/></g>
<g id="w"><path d="M74 96c-22 8-30 34-20 62 18-4 34-22 36-44 0-10-6-18-16-18z" fill="#0d9488"/><path d="M66 122q-8 16-6 30M76 122q-6 14-8 26" stroke="#0f766e" stroke-width="3" fill="none" stroke-linecap="round"/></g>
<g id="h"><path d="M92 26q-6-16 4-24 0 12 8 16 0-12 10-16-4 14 2 26z" fill="#f59e0b"/><circle cx="106" cy="56" r="36" fill="#14b8a6"/><circle cx="118" cy="58" r="21" fill="#f0fdfa"/><path d="M128 50q26-2 24 22-2 10-8 12-2-12-16-14-6-10 0-20z" fill="#f59e0b"/><path d="M128 70q10 2 13 12-10 2-14-6z" fill="#b45309"/></g>
</defs>`

function drawBird(pose) {
  const { y = 0, lift = 0, size = 1, lean = 0, tilt = 0, wing = 0, step = 0, glance = 0 } = pose
  const { isBlinking, isMirrored, look } = pose
  const eye =
    isBlinking || look === 'closed'
      ? '<path d="M108 57q6 5 13 0" stroke="#134e4a" stroke-width="4" fill="none" stroke-linecap="round"/>'
      : `<circle cx="${round(115 + glance)}" cy="54" r="7.5" fill="#134e4a"/><circle cx="${round(117.5 + glance)}" cy="51.5" r="2.5" fill="#fff"/>`
  const legs = [84, 108].map((x, index) => {
    const foot = round(x + (index ? -1 : 1) * 12 * step)
    return `M${x} 168 ${foot} 192m-9 6 9-6 9 6`
  })
  const bird = [
    `<path d="${legs.join('')}" stroke="#f59e0b" stroke-width="6" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`,
    `<g transform="translate(0 ${round(y)}) rotate(${round(lean)} 96 180)"><use href="#t"/><use href="#b"/>`,
    `<g transform="rotate(${round(tilt)} 100 86)"><use href="#h"/>${eye}</g>`,
    `<use href="#w" transform="rotate(${round(wing)} 78 104)"/></g>`,
  ].join('')
  if (isMirrored) return `<g transform="matrix(-1 0 0 1 ${CELL.width} 0)">${bird}</g>`
  if (lift === 0) return bird
  return `<g transform="translate(96 ${round(198 - lift)}) scale(${size.toFixed(2)}) translate(-96 -198)">${bird}</g>`
}

const round = (value) => Math.round(value * 10) / 10
