import { Icon } from '../../../parts/icon.js'
import { type InputDraft, newInput } from './input-draft.js'
import { InputFields } from './input-fields.js'

interface AppInputsProps {
  inputs: InputDraft[]
  onChange(inputs: InputDraft[]): void
}

/** What the app asks for when a conversation begins. */
export function AppInputs({ inputs, onChange }: AppInputsProps) {
  return (
    <section className="stack" aria-labelledby="inputs-title">
      <div>
        <h2 id="inputs-title">Form</h2>
        <p className="quiet">
          What it asks for when a conversation begins. In the instructions {'{{name}}'} stands for a value.
        </p>
      </div>
      {inputs.map((input, index) => (
        <InputFields
          key={input.key}
          value={input}
          path={`agent.inputs.${index}`}
          number={index + 1}
          onChange={(changed) => onChange(inputs.with(index, changed))}
          onRemove={() => onChange(inputs.toSpliced(index, 1))}
        />
      ))}
      <div className="buttons start">
        <button className="button" type="button" onClick={() => onChange([...inputs, newInput()])}>
          <Icon name="plus" />
          Field
        </button>
      </div>
    </section>
  )
}
