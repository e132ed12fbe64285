import { expect, it } from 'vitest'
import { grammarOf, loadGrammar } from './languages.js'

it.each([
  ['ts', 'typescript'],
  ['Python', 'python'],
  ['c++', 'cpp'],
  ['html', 'xml'],
  ['sh', 'bash'],
])('%s is %s', async (name, grammar) => {
  expect(grammarOf(name)).toBe(grammar)
  expect(await loadGrammar(grammarOf(name) ?? expect.unreachable())).toBeTypeOf('function')
})

it.each(['', 'klingon', 'constructor', '__proto__'])('%j is no language', (name) => {
  expect(grammarOf(name)).toBeNull()
})
