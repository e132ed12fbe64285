import type { Page } from 'playwright-core'
import { CATALOGUE } from '../../../apps/chat/src/samples/catalogue.js'
import type { Sample } from '../../../apps/chat/src/samples/sample.js'
import { chatOf } from './chat-page.js'

/** Samples of which nothing is drawn: they do their work unseen. */
const UNSEEN = new Set([
  'client_tool_call',
  'end_of_turn',
  'hidden_context_item',
  'sdk_hidden_context',
  'client_effect',
])

/** What is loaded or drawn later than the first words. */
const LAST_DRAWN: Record<string, string> = {
  assistant_message: '.hljs-keyword',
  markdown: '.hljs-keyword',
  code: '.language-yaml .hljs-attr',
  math: '.md-math-display .katex >> nth=1',
  flowchart: '.md-diagram svg',
  'sequence-diagram': '.md-diagram svg',
  'state-diagram': '.md-diagram svg',
  Chart: '.widget-line',
}

/** Every sample that has something to look at. */
export const SEEN_SAMPLES: Sample[] = CATALOGUE.flatMap(({ samples }) => samples).filter(({ id }) => !UNSEEN.has(id))

/** Shows a sample in an open gallery, the way its list does, and waits until its first words stand there. */
export async function showSample(page: Page, sample: Sample): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, encodeURIComponent(sample.id))
  await page.getByRole('heading', { level: 1, name: sample.title ?? sample.id, exact: true }).waitFor()
  if (sample.kind === 'options') return chatOf(page).locator('.start').waitFor()
  const question =
    sample.kind === 'item' && sample.id === 'user_message' ? 'What does this mean' : (sample.question ?? sample.id)
  await chatOf(page).getByRole('log').getByText(question).first().waitFor()
  if (sample.kind === 'widget') await chatOf(page).locator('.widget').first().waitFor()
  const last = LAST_DRAWN[sample.id]
  if (last) await chatOf(page).locator(last).first().waitFor()
}
