import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { en } from './text/en.js'

it('the first screen in the document has the words of the chat', () => {
  const page = readFileSync(new URL('../frame/index.html', import.meta.url), 'utf8')

  for (const words of [
    `>${en.greeting}<`,
    `placeholder="${en.placeholder}"`,
    `label="${en.message}"`,
    `label="${en.send}"`,
  ]) {
    expect(page).toContain(words)
  }
})
