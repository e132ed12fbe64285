import type { ToolOption } from '@parley/element'

/** Tools of the demo app, by their names there; the chosen one is called for the next message, whatever it says. */
export const DEMO_TOOLS: ToolOption[] = [
  {
    id: 'search_knowledge',
    label: 'Search the handbook',
    shortLabel: 'Handbook',
    icon: 'book-open',
    placeholderOverride: 'What are you looking for?',
  },
  {
    id: 'calculate',
    label: 'Work it out',
    shortLabel: 'Calculate',
    icon: 'analytics',
    placeholderOverride: 'For example (19 + 23) * 12',
  },
]
