import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** The pictures everything is compared with, kept in git; somebody has looked at each. */
const FOLDER = fileURLToPath(new URL('../pictures', import.meta.url))

/** `npm run pictures` draws them anew instead of comparing. */
const IS_UPDATE = process.env.PICTURES === 'update'

/**
 * How far a colour may be off (0 to 1), and how many pixels may be: of all, and of any one tile. Other Chromiums round
 * edges otherwise, a little everywhere; a wrong icon or a missing line is much in one place.
 */
const THRESHOLD = 0.08
const SHARE = 0.006
const TILE = 16
const TILE_PIXELS = 14
/** Pixels by which a picture may be taller or wider. */
const SLACK = 3

let failures = ''

/** Whether a screenshot is the picture of that name, to a person. */
export function isPicture(name: string, screenshot: Buffer): boolean {
  const expected = readPicture(name)
  return expected !== null && findDifference(PNG.sync.read(screenshot), expected) === null
}

/** Compares a screenshot with the picture of that name; answers what is wrong and where to look, or null. */
export function comparePicture(name: string, screenshot: Buffer): string | null {
  const actual = PNG.sync.read(screenshot)
  const expected = readPicture(name)
  const wrong = expected && findDifference(actual, expected)
  if (expected && wrong === null) return null
  if (IS_UPDATE) {
    save(pathOf(name), actual)
    return null
  }
  if (!expected) return `There is no picture "${name}" yet: npm run pictures, then look at it.`

  failures ||= mkdtempSync(join(tmpdir(), 'parley-pictures-'))
  const base = join(failures, name)
  save(`${base}.actual.png`, actual)
  save(`${base}.expected.png`, expected)
  save(`${base}.diff.png`, drawDifference(actual, expected).picture)
  return `${name}: ${wrong}. Look at ${base}.diff.png and the two beside it; if it is better now: npm run pictures.`
}

const pathOf = (name: string) => join(FOLDER, `${name}.png`)

function readPicture(name: string): PNG | null {
  return existsSync(pathOf(name)) ? PNG.sync.read(readFileSync(pathOf(name))) : null
}

/** In words; null where they are the same to a person. */
function findDifference(actual: PNG, expected: PNG): string | null {
  const isSize = Math.abs(actual.width - expected.width) <= SLACK && Math.abs(actual.height - expected.height) <= SLACK
  if (!isSize) return `it is ${actual.width}×${actual.height} instead of ${expected.width}×${expected.height}`
  const { picture, count } = drawDifference(actual, expected, true)
  const all = picture.width * picture.height
  return count > all * SHARE || worstTile(picture) > TILE_PIXELS ? `${count} of ${all} pixels differ` : null
}

/** What differs in the part both have, over a pale original or (`diffMask`) on nothing. */
function drawDifference(actual: PNG, expected: PNG, diffMask = false): { picture: PNG; count: number } {
  const [width, height] = [Math.min(actual.width, expected.width), Math.min(actual.height, expected.height)]
  const picture = new PNG({ width, height })
  const [one, other] = [crop(actual, width, height), crop(expected, width, height)]
  const count = pixelmatch(one, other, picture.data, width, height, { threshold: THRESHOLD, diffMask })
  return { picture, count }
}

/** Names of the pictures there are, as `light/Card`. */
export function pictureNames(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.png'))
    .map((name) => name.replace(/\.png$/, '').replaceAll('\\', '/'))
}

/** The most marked pixels in any one tile. */
function worstTile({ width, height, data }: PNG): number {
  const columns = Math.ceil(width / TILE)
  const counts = new Map<number, number>()
  for (let at = 0; at < width * height; at++) {
    if (data[at * 4 + 3] === 0) continue
    const tile = Math.floor(Math.floor(at / width) / TILE) * columns + Math.floor((at % width) / TILE)
    counts.set(tile, (counts.get(tile) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values())
}

function save(path: string, png: PNG): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, PNG.sync.write(png, { colorType: 2, deflateLevel: 9 }))
}

function crop(png: PNG, width: number, height: number): Buffer {
  const cut = new PNG({ width, height })
  PNG.bitblt(png, cut, 0, 0, width, height, 0, 0)
  return cut.data
}
