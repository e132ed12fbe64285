import type { ThemeOption } from '@openai/chatkit'
import { expect } from 'vitest'
import { TINY_FONT } from '../support/tiny-font.js'
import type { Check, CheckedChat } from './check.js'

/** The look of the root, measured: what a theme may change of it. */
const look = ({ frame }: CheckedChat, property: string, selector = 'html') =>
  frame
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

/** Sets each value in turn; what the person sees has to be different for each. */
function differs(path: string, property: string, theme: (value: string) => ThemeOption, selector?: string): Check {
  return {
    sees: `a difference between the values of ${path}`,
    shows: [`${path}=*`],
    async look(chat) {
      const seen = new Map<string, string>()
      for (const value of chat.surface.paths.flatMap((entry) => valueIn(entry, path))) {
        await chat.change({ theme: theme(value) })
        await expect.poll(async () => [...seen.values()].includes(await look(chat, property, selector))).toBe(false)
        seen.set(value, await look(chat, property, selector))
      }
      expect(new Set(seen.values()).size).toBe(seen.size)
    },
  }
}

const valueIn = (entry: string, path: string) => (entry.startsWith(`${path}=`) ? [entry.slice(path.length + 1)] : [])

const MESSAGE = 'textarea, [role=textbox]'

export const themeChecks: Check[] = [
  {
    sees: 'light or dark',
    shows: ['theme=*', 'theme.colorScheme=*'],
    async look(chat) {
      const grounds = new Map<string, string>()
      for (const theme of ['dark', 'light', { colorScheme: 'dark' }, { colorScheme: 'light' }] as const) {
        const scheme = typeof theme === 'string' ? theme : theme.colorScheme
        await chat.change({ theme })
        await expect.poll(() => look(chat, 'color-scheme')).toBe(scheme)
        const ground = await look(chat, '--neutral-1')
        expect(grounds.get(scheme) ?? ground).toBe(ground)
        grounds.set(scheme, ground)
      }
      expect(grounds.get('dark')).not.toBe(grounds.get('light'))
    },
  },
  differs('theme.radius', 'border-radius', (radius) => ({ radius: radius as 'pill' }), '.composer'),
  differs('theme.density', '--turn-gap', (density) => ({ density: density as 'normal' })),
  differs(
    'theme.typography.baseSize',
    'font-size',
    (size) => ({ typography: { baseSize: Number(size) as 16 } }),
    MESSAGE,
  ),
  differs('theme.color.accent.level', '--accent-share', (level) => ({
    color: { accent: { primary: '#c2410c', level: Number(level) as 0 } },
  })),
  differs('theme.color.grayscale.tint', '--neutral-7', (tint) => ({
    color: { grayscale: { hue: 140, tint: Number(tint) as 0 } },
  })),
  differs('theme.color.grayscale.shade', '--neutral-4', (shade) => ({
    color: { grayscale: { hue: 140, tint: 4, shade: Number(shade) as 0 } },
  })),
  {
    sees: 'the greys of a hue',
    shows: ['theme.color.grayscale.hue'],
    async look(chat) {
      await chat.change({ theme: { color: { grayscale: { hue: 20, tint: 9 } } } })
      const warm = await look(chat, '--neutral-7')

      await chat.change({ theme: { color: { grayscale: { hue: 240, tint: 9 } } } })

      await expect.poll(() => look(chat, '--neutral-7')).not.toBe(warm)
    },
  },
  {
    sees: 'the accent on what sends a message',
    shows: ['theme.color.accent.primary'],
    async look(chat) {
      const send = chat.button('Send message')
      const color = () => send.evaluate((element) => getComputedStyle(element).backgroundColor)
      await chat.page.evaluate(() => window.chat.setComposerValue({ text: 'hello' }))
      const before = await color()

      await chat.change({ theme: { color: { accent: { primary: 'rgb(190, 24, 93)', level: 1 } } } })

      await expect.poll(color).not.toBe(before)
    },
  },
  {
    sees: 'surfaces of the page’s colours',
    shows: ['theme.color.surface.background', 'theme.color.surface.foreground'],
    async look(chat) {
      const ground = await look(chat, '--neutral-1')
      const raised = await look(chat, '--neutral-3')

      await chat.change({ theme: { color: { surface: { background: '#fdf6e3', foreground: '#eee8d5' } } } })

      await expect.poll(() => look(chat, '--neutral-1')).not.toBe(ground)
      expect(await look(chat, '--neutral-3')).not.toBe(raised)
    },
  },
  {
    sees: 'the page’s fonts',
    shows: ['theme.typography.fontFamily', 'theme.typography.fontFamilyMono'],
    async look(chat) {
      await chat.change({ theme: { typography: { fontFamily: 'Georgia', fontFamilyMono: 'Courier New' } } })
      await chat.say('showcase')

      expect(await look(chat, 'font-family', MESSAGE)).toMatch(/^Georgia/)
      expect(await look(chat, 'font-family', 'code')).toMatch(/^"?Courier New/)
    },
  },
  {
    sees: 'fonts the page brings',
    shows: ['family', 'src', 'weight', 'style=*', 'display=*', 'unicodeRange'].map(
      (name) => `theme.typography.fontSources[].${name}`,
    ),
    async look(chat) {
      const styles = ['normal', 'italic', 'oblique'] as const
      const displays = ['auto', 'block', 'swap', 'fallback', 'optional'] as const
      await chat.page.route('**/shop.ttf', (route) => route.fulfill({ contentType: 'font/ttf', body: TINY_FONT }))
      await chat.change({
        theme: {
          typography: {
            fontFamily: 'Shop',
            fontSources: displays.map((display, at) => ({
              family: 'Shop',
              src: '/shop.ttf',
              weight: at === 0 ? 'bold' : at * 100,
              style: styles[at % 3] ?? 'normal',
              display,
              unicodeRange: 'U+0000-00FF',
            })),
          },
        },
      })

      const faces = () =>
        chat.frame.locator('html').evaluate(() =>
          [...document.fonts].map(({ family, weight, style, display, unicodeRange, status }) => ({
            family: family.replaceAll('"', ''),
            weight,
            style,
            display,
            unicodeRange,
            status,
          })),
        )
      await expect.poll(faces).toEqual(
        displays.map((display, at) => ({
          family: 'Shop',
          weight: at === 0 ? 'bold' : String(at * 100),
          style: styles[at % 3],
          display,
          unicodeRange: 'U+0-FF',
          status: 'loaded',
        })),
      )
    },
  },
]
