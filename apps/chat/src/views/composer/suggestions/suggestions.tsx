/** The lists that open in the text: mentions behind "@", commands behind "/". Loaded when the first one opens. */
import '../../../styles/suggestions.css'
import { CommandList } from './command-list.js'
import { MentionList } from './mention-list.js'
import type { SuggestionsProps } from './suggestions-props.js'

export function Suggestions(props: SuggestionsProps) {
  const { sign, start } = props.trigger
  return sign === '@' ? <MentionList key={start} {...props} /> : <CommandList key={start} {...props} />
}
