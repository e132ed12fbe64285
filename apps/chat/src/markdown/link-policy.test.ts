import { expect, it, vi } from 'vitest'
import { linkPolicy, looksLikeOtherPlace, targetName } from './link-policy.js'

const policy = linkPolicy(true)

it.each(['https://a.example/x', 'http://a.example/', 'mailto:me@a.example'])('lets %s be a link', (target) => {
  expect(policy(target)).toEqual({ kind: 'web', href: target })
})

it('knows the files of its own server, and nothing else of it', () => {
  vi.stubGlobal('location', { origin: 'https://chat.example' })
  const file = '/api/chatkit/files/atc_1?token=a.b'
  expect(policy(file)).toEqual({ kind: 'web', href: `https://chat.example${file}` })
  expect(policy(`${file}&then=/logout`)).toEqual({ kind: 'refused' })
  expect(policy(`/${file}`)).toEqual({ kind: 'refused' })
  vi.unstubAllGlobals()
})

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'blob:x',
  'file:///x',
  '/x',
  'x',
  '//a.example',
  '',
  'https://',
])('refuses %j', (target) => expect(policy(target)).toEqual({ kind: 'refused' }))

it('refuses targets that hide their host behind a user name', () => {
  expect(policy('https://bank.example@evil.example/')).toEqual({ kind: 'refused' })
})

it('knows deep links only when somebody opens them', () => {
  expect(policy('chatkit-link://task?id=1')).toEqual({ kind: 'deep', href: 'chatkit-link://task?id=1' })
  expect(linkPolicy(false)('chatkit-link://task')).toEqual({ kind: 'refused' })
})

it('names the place a link leads to', () => {
  expect(targetName('https://a.example:8443/x')).toBe('a.example:8443')
  expect(targetName('mailto:me@a.example')).toBe('me@a.example')
})

it.each([
  ['bank.example', 'https://evil.example'],
  ['Go to https://www.bank.example/login now', 'https://evil.example/bank.example'],
  ['bank.example', 'https://bank.example.evil.test'],
  ['me@bank.example', 'mailto:me@evil.example'],
  ['аpple.com', 'https://xn--pple-43d.com'],
])('warns when %s leads to %s', (text, href) => expect(looksLikeOtherPlace(text, href)).toBe(true))

it.each([
  ['bank.example', 'https://www.bank.example/x'],
  ['www.bank.example', 'https://bank.example:443'],
  ['bank.example', 'https://login.bank.example'],
  ['our bank', 'https://bank.example'],
  ['main.ts and README.md', 'https://code.example'],
  ['list.map()', 'https://docs.example'],
  ['version 1.2', 'https://docs.example'],
])('does not warn when %s leads to %s', (text, href) => expect(looksLikeOtherPlace(text, href)).toBe(false))
