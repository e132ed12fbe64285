import type { InputTag } from '@parley/protocol'
import type { RefObject } from 'preact'
import type { Trigger } from '../trigger.js'

/** What the composer can do beside writing. Absent: not offered here. */
export interface ComposerActions {
  attach?: () => void
  dictate?: () => void
}

export interface SuggestionsProps {
  field: RefObject<HTMLTextAreaElement | null>
  trigger: Trigger
  insert: {
    placeTag(tag: InputTag, range: { start: number; end: number }): void
    replaceText(range: { start: number; end: number }, written: string): void
  }
  actions: ComposerActions
  onDismiss(): void
}
