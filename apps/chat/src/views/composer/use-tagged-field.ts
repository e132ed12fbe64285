import type { InputTag } from '@parley/protocol'
import type { RefObject } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { editTags } from '../../store/edit-tags.js'
import { endOf, labelOf, type PlacedTag } from '../../store/tagged-text.js'
import { useSession } from '../session-context.js'
import { writeText } from './write-text.js'

/** How many deleted tags can come back by undoing or pasting. */
const MOST_LOST = 50

/** A text field in which tags are deleted as one character, and keep their place whatever is typed around them. */
export function useTaggedField(field: RefObject<HTMLTextAreaElement | null>) {
  const session = useSession()
  const lost = useRef<PlacedTag[]>([])
  const placing = useRef<PlacedTag | null>(null)

  return useMemo(() => {
    const select = ({ start, end }: { start: number; end: number }) => field.current?.setSelectionRange(start, end)

    return {
      onInput(event: InputEvent & { currentTarget: HTMLTextAreaElement }) {
        const { value, selectionEnd } = event.currentTarget
        const placed = placing.current
        const edit = editTags(session.getState().composer, value, selectionEnd, placed ? [] : lost.current)
        const tags = placed ? inOrder([...edit.tags, placed]) : edit.tags
        lost.current = [...lost.current, ...edit.lost].slice(-MOST_LOST)
        session.changeComposer({ text: value, tags })
        const [remains] = edit.remains
        if (!remains || !event.inputType?.startsWith('delete')) return
        select(remains) // a phone's keyboard deletes without asking first
        writeText(event.currentTarget, '')
      },

      onBeforeInput(event: InputEvent & { currentTarget: HTMLTextAreaElement }) {
        if (!event.cancelable || event.isComposing) return
        const { selectionStart, selectionEnd } = event.currentTarget
        const range = { start: selectionStart, end: selectionEnd }
        const whole = wholeTags(event.inputType, range, session.getState().composer.tags)
        if (!whole) return
        event.preventDefault()
        select(whole)
        writeText(event.currentTarget, '')
      },

      /** Writes the tag in place of a piece of the text, with a blank behind it. */
      placeTag(tag: InputTag, range: { start: number; end: number }) {
        const element = field.current
        if (!element) return
        const hasBlank = /\s/.test(element.value[range.end] ?? '')
        placing.current = { start: range.start, tag }
        select(range)
        writeText(element, hasBlank ? labelOf(tag) : `${labelOf(tag)} `)
        placing.current = null
        if (hasBlank) select({ start: element.selectionEnd + 1, end: element.selectionEnd + 1 })
      },

      replaceText(range: { start: number; end: number }, written: string) {
        const element = field.current
        if (!element || (range.start === range.end && !written)) return
        select(range)
        writeText(element, written)
      },
    }
  }, [session, field])
}

type Range = { start: number; end: number }

const inOrder = (tags: PlacedTag[]) => tags.toSorted((a, b) => a.start - b.start)

/** What a deletion has to take when it would take less than a whole tag; `null` when it needs no help. */
function wholeTags(inputType: string, { start, end }: Range, tags: readonly PlacedTag[]): Range | null {
  if (!inputType.startsWith('delete')) return null
  if (start !== end) {
    const touched = tags.filter((placed) => placed.start < end && endOf(placed) > start)
    const whole = {
      start: Math.min(start, ...touched.map((placed) => placed.start)),
      end: Math.max(end, ...touched.map(endOf)),
    }
    return whole.start === start && whole.end === end ? null : whole
  }
  const isBackward = /^delete(Content|Word)Backward$/.test(inputType)
  const isForward = /^delete(Content|Word)Forward$/.test(inputType)
  const found = tags.find((placed) => (isBackward && endOf(placed) === start) || (isForward && placed.start === start))
  return found ? { start: found.start, end: endOf(found) } : null
}
