import { describe, expect, it } from 'vitest'
import { isAllowedImage } from './image-domains.js'

const domains = ['Example.com', '*.pictures.test', '']

describe('allowed_image_domains', () => {
  it.each([
    'https://example.com/a.png',
    'https://cdn.example.com/a',
    'https://EXAMPLE.com/',
    'https://a.pictures.test/x',
  ])('allow %s', (url) => {
    expect(isAllowedImage(new URL(url), domains)).toBe(true)
  })

  it.each([
    'http://example.com/a.png',
    'https://example.com:8443/a.png',
    'https://user@example.com/a.png',
    'https://example.com.evil.test/',
    'https://badexample.com/',
    'https://evil.test/?example.com',
    'https://evil.test/example.com/a.png',
    'https://127.0.0.1/',
    'data:image/png;base64,AAAA',
    'ftp://example.com/a.png',
  ])('refuse %s', (url) => {
    expect(isAllowedImage(new URL(url), domains)).toBe(false)
  })
})
