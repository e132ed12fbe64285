import { formatDay, readDay, toIso } from '../calendar/day.js'
import { useField } from '../forms/form-context.js'
import { useChoice } from '../forms/use-choice.js'
import { lazyComponent } from '../lazy-component.js'
import { oneOf, textOf, type WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { ChoiceButton } from './choice-button.js'
import { Popover } from './popover.js'

const Calendar = lazyComponent(async () => (await import('../calendar/calendar.js')).Calendar)

/** A date, chosen in a calendar that opens. Its value is the start of that day as ISO 8601 in UTC. */
export function DatePicker({ props }: { props: WidgetProps }) {
  const { locale } = useWidget()
  const choice = useChoice(props)
  const field = useField(choice.name, textOf(props.placeholder))
  const day = readDay(choice.value)
  return (
    <ChoiceButton
      props={props}
      field={field}
      choice={choice}
      icon="calendar"
      popup="dialog"
      shown={day ? formatDay(day, locale) : undefined}
    >
      <Popover
        class="widget-calendar"
        anchor={choice.anchor}
        side={oneOf(props.side, ['top', 'bottom', 'left', 'right']) ?? 'bottom'}
        align={oneOf(props.align, ['start', 'center', 'end']) ?? 'start'}
        onClose={() => choice.setOpen(false)}
      >
        <Calendar
          label={field.ariaLabel ?? textOf(props.placeholder) ?? choice.name}
          locale={locale}
          chosen={day}
          min={readDay(props.min)}
          max={readDay(props.max)}
          onChoose={(chosen) => choice.choose(toIso(chosen))}
        />
      </Popover>
    </ChoiceButton>
  )
}
