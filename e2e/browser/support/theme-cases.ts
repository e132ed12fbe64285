import type { ChatKitOptions, ThemeOption } from '@parley/element'
import { PICTURE_FONT } from './picture-fonts.js'

/** What a picture is drawn with: options of the chat, and properties the page's CSS gives the element. */
interface ThemeCase {
  options: ChatKitOptions
  look?: Record<string, string>
}

/** Everything a theme shows itself on: header, question, answer, sources, tools, models, composer. */
export const THEMED_CHAT: ChatKitOptions = {
  header: { title: { text: 'Help' } },
  disclaimer: { text: 'Answers may be **wrong**.' },
  composer: {
    attachments: { enabled: true },
    tools: [{ id: 'web', label: 'Search the web', icon: 'globe', pinned: true }],
    models: [{ id: 'fast', label: 'Fast', default: true }],
  },
}

const themed = (theme: ThemeOption): ThemeCase => ({
  options: {
    theme: {
      ...theme,
      typography: { fontFamily: PICTURE_FONT, fontFamilyMono: `${PICTURE_FONT} Mono`, ...theme.typography },
    },
  },
})

/** Each option once, two or three at a time where they do not touch each other. */
export const THEME_CASES: Record<string, ThemeCase> = {
  'sharp-compact': themed({ radius: 'sharp', density: 'compact', color: { accent: { primary: '#b3261e', level: 0 } } }),
  'soft-large': themed({ radius: 'soft', typography: { baseSize: 18 } }),
  'round-spacious': themed({
    radius: 'round',
    density: 'spacious',
    color: { accent: { primary: '#0f766e', level: 3 } },
  }),
  'grayscale-light': themed({ color: { grayscale: { hue: 40, tint: 8, shade: -3 } } }),
  'grayscale-dark': themed({ colorScheme: 'dark', color: { grayscale: { hue: 200, tint: 7, shade: 3 } } }),
  surface: themed({ color: { surface: { background: '#fdf3e1', foreground: '#fffaf0' } } }),
  'surface-dark': themed({
    colorScheme: 'dark',
    color: { accent: { primary: '#e9b949', level: 2 }, surface: { background: '#10222e', foreground: '#1a3344' } },
  }),
  'simple-keys': {
    options: {
      theme: {
        primaryColor: '#7c3aed',
        fontFamily: PICTURE_FONT,
        borderRadius: '6px',
        messageBackground: '#ede9fe',
        userMessageColor: '#4c1d95',
      },
    },
  },
  looks: {
    options: { ...themed({}).options, appearance: { avatars: { user: 'Jo', assistant: 'AI' } } },
    look: {
      '--parley-user-bubble': '#1d4ed8',
      '--parley-assistant-bubble': '#eef2ff',
      '--parley-bubble-radius': '8px',
      '--parley-header': '#eef2ff',
      '--parley-composer': '#f8fafc',
    },
  },
}
