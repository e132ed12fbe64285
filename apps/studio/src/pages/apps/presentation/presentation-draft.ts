import type { AppPresentation } from '@parley/protocol/admin'

/** How an app presents itself, while somebody writes it. What is empty is not said. */
export interface PresentationDraft {
  openingStatement: string
  suggestedQuestions: QuestionDraft[]
  icon: string
  iconBackground: string
  color: string
  inputPlaceholder: string
  disclaimer: string
  copyright: string
  privacyPolicy: string
  language: string
  /** Answers are spoken at once. */
  speaks: boolean
  voice: string
  /** With commas between them. */
  tags: string
}

export interface QuestionDraft {
  key: string
  text: string
}

export const newQuestion = (text = ''): QuestionDraft => ({ key: crypto.randomUUID(), text })

export const toPresentationDraft = (presentation: AppPresentation): PresentationDraft => ({
  openingStatement: presentation.opening_statement ?? '',
  suggestedQuestions: (presentation.suggested_questions ?? []).map(newQuestion),
  icon: presentation.icon ?? '',
  iconBackground: presentation.icon_background ?? '',
  color: presentation.color ?? '',
  inputPlaceholder: presentation.input_placeholder ?? '',
  disclaimer: presentation.disclaimer ?? '',
  copyright: presentation.copyright ?? '',
  privacyPolicy: presentation.privacy_policy ?? '',
  language: presentation.language ?? '',
  speaks: presentation.speech?.auto_play ?? false,
  voice: presentation.speech?.voice ?? '',
  tags: (presentation.tags ?? []).join(', '),
})

export const NO_PRESENTATION = toPresentationDraft({})

/** What is sent of it: `null` clears. */
export const toPresentation = (draft: PresentationDraft) => ({
  opening_statement: textOf(draft.openingStatement),
  suggested_questions: listOf(draft.suggestedQuestions.map(({ text }) => text.trim())),
  icon: textOf(draft.icon),
  icon_background: textOf(draft.iconBackground),
  color: textOf(draft.color),
  input_placeholder: textOf(draft.inputPlaceholder),
  disclaimer: textOf(draft.disclaimer),
  copyright: textOf(draft.copyright),
  privacy_policy: textOf(draft.privacyPolicy),
  language: textOf(draft.language),
  speech: speechOf(draft),
  tags: listOf(
    draft.tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
})

const textOf = (text: string) => text.trim() || null
const listOf = (texts: string[]) => (texts.length === 0 ? null : texts)

function speechOf({ speaks, voice }: PresentationDraft) {
  if (!speaks && voice.trim() === '') return null
  return { auto_play: speaks, ...(voice.trim() !== '' && { voice: voice.trim() }) }
}
