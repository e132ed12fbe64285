import { useRef, useState } from 'preact/hooks'
import { useAction } from '../actions/use-action.js'
import { type WidgetProps, wordsOf } from '../values/read.js'

/** The chosen value of a Select or a DatePicker, and its popover. Empty: nothing is chosen. */
export function useChoice(props: WidgetProps) {
  const name = wordsOf(props.name)
  const bound = useAction(props.onChangeAction, 'change')
  const anchor = useRef<HTMLButtonElement>(null)
  const [value, setValue] = useState(wordsOf(props.defaultValue))
  const [isOpen, setOpen] = useState(false)
  return {
    name,
    value,
    anchor,
    isOpen,
    setOpen,
    choose(chosen: string) {
      setOpen(false)
      anchor.current?.focus()
      if (chosen === value) return
      setValue(chosen)
      void bound.run([name, chosen])
    },
  }
}
