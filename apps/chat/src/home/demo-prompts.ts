import type { StartScreenPrompt } from '@parley/element'

/** What a first visitor may ask the demo app: each shows off one thing it can do. */
export const DEMO_PROMPTS: StartScreenPrompt[] = [
  { label: 'How do I connect a model?', prompt: 'How do I connect a model?', icon: 'bolt' },
  {
    label: 'Put this chat on my site',
    prompt: 'I need help with the integration: how do I embed this chat in my page?',
    icon: 'square-code',
  },
  { label: 'Let a tool do the maths', prompt: 'What is (19 + 23) * 12?', icon: 'analytics' },
  { label: 'Who are you?', prompt: 'Who are you?', icon: 'circle-question' },
]
