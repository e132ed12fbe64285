import { useField } from '../forms/form-context.js'
import { readOptions } from '../forms/options.js'
import { useChoice } from '../forms/use-choice.js'
import { textOf, type WidgetProps } from '../values/read.js'
import { ChoiceButton } from './choice-button.js'
import { OptionList } from './option-list.js'
import { Popover } from './popover.js'

/** With more options than this a list can be searched. */
const EASY_TO_SCAN = 15

/** One choice of many, in a list that opens. */
export function Select({ props }: { props: WidgetProps }) {
  const choice = useChoice(props)
  const field = useField(choice.name, textOf(props.placeholder))
  const options = readOptions(props.options)
  const chosen = options.find(({ value }) => value === choice.value)
  const isSearchable = typeof props.searchable === 'boolean' ? props.searchable : options.length > EASY_TO_SCAN
  return (
    <ChoiceButton props={props} field={field} choice={choice} icon="chevron-down" popup="listbox" shown={chosen?.label}>
      <Popover class="widget-options" anchor={choice.anchor} isWide onClose={() => choice.setOpen(false)}>
        <OptionList
          label={field.ariaLabel ?? textOf(props.placeholder) ?? choice.name}
          options={options}
          chosen={choice.value}
          isSearchable={isSearchable}
          onChoose={choice.choose}
        />
      </Popover>
    </ChoiceButton>
  )
}
