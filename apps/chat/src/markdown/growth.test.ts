/** Twice the text takes about twice the steps, also where careless parsers take four times as many. */
import { Session } from 'node:inspector/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMarkdownStream } from './stream.js'
import { testContainer } from './test-page.js'
import { worstInputs } from './worst-inputs.js'

/** Doubling is 2; what tables and arrays cost to grow, and rounding of small inputs, gets the rest. */
const MOST = 2.2
const SCALE = 0.08
const session = new Session()

beforeAll(async () => {
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
})
afterAll(() => session.disconnect())

it.each(Object.entries(worstInputs))('%s, in small pieces', async (_, make) => {
  const growth = await growthOf((scale) => cut(make(scale)))
  expect(growth).toBeLessThan(MOST)
})

it.each(Object.entries(worstInputs))('%s, in one piece', async (_, make) => {
  const growth = await growthOf((scale) => [make(scale)])
  expect(growth).toBeLessThan(MOST)
})

it('a piece costs the same however much text there is before it', async () => {
  const sentence = [
    'Some **bold',
    ' words** and ',
    '`code` in a ',
    '[link](https://',
    'a.example), more.\n\n',
    '- item\n',
    '\n',
  ]
  const stream = createMarkdownStream(testContainer())
  const steps = async () => {
    await takeCounts()
    for (const piece of sentence) stream.push(piece)
    return takeCounts()
  }
  const first = await steps()
  for (let i = 0; i < 300; i++) for (const piece of sentence) stream.push(piece)
  expect(await steps()).toBeLessThan(first * 1.1)
})

/** Steps for twice the text by steps for the text. The engine now and then forgets counts, so the least of a few tries counts. */
async function growthOf(piecesOf: (scale: number) => string[]): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 4 && least >= MOST; attempt++) {
    const once = await stepsOf(piecesOf(SCALE))
    const twice = await stepsOf(piecesOf(SCALE * 2))
    least = Math.min(least, twice / once)
  }
  return least
}

async function stepsOf(pieces: string[]): Promise<number> {
  const stream = createMarkdownStream(testContainer())
  await takeCounts()
  for (const piece of pieces) stream.push(piece)
  stream.end()
  return takeCounts()
}

/** How often blocks of code in this folder ran since the last call, as the engine counted them. */
async function takeCounts(): Promise<number> {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const own = result.filter(({ url }) => url.includes('/src/markdown/') && !url.includes('.test.'))
  return own
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0)
}

const cut = (text: string): string[] => text.match(/[\s\S]{1,5}/g) ?? []
