import { Field, type FieldControl } from '../../parts/field.js'
import { Icon } from '../../parts/icon.js'
import { newPrice, type PriceDraft } from './model-host-draft.js'

interface PriceFieldsProps {
  prices: PriceDraft[]
  onChange(prices: PriceDraft[]): void
}

/** A table of prices, a model after the other. */
export function PriceFields({ prices, onChange }: PriceFieldsProps) {
  return (
    <fieldset className="stack">
      <legend className="label">Prices</legend>
      <p className="hint">US dollars for a million tokens. Of a model without a price, traces show no cost.</p>
      {prices.map((price, index) => (
        <OnePrice
          key={price.key}
          value={price}
          path={`prices.${index}`}
          number={index + 1}
          onChange={(changed) => onChange(prices.with(index, changed))}
          onRemove={() => onChange(prices.toSpliced(index, 1))}
        />
      ))}
      <div className="buttons start">
        <button className="button" type="button" onClick={() => onChange([...prices, newPrice()])}>
          <Icon name="plus" />
          Price
        </button>
      </div>
    </fieldset>
  )
}

interface OnePriceProps {
  value: PriceDraft
  path: string
  number: number
  onChange(value: PriceDraft): void
  onRemove(): void
}

function OnePrice({ value, path, number, onChange, onRemove }: OnePriceProps) {
  const amount = (name: 'input' | 'cached' | 'output', isRequired: boolean) => (control: FieldControl) => (
    <input
      {...control}
      type="number"
      inputMode="decimal"
      min={0}
      max={1_000_000}
      step="any"
      value={value[name]}
      placeholder={isRequired ? '0.00' : 'Same'}
      required={isRequired}
      onChange={({ target }) => onChange({ ...value, [name]: target.value })}
    />
  )
  return (
    <fieldset className="card">
      <legend className="unseen">Price {number}</legend>
      <Field name={`${path}.model`} label="Model" hint="As its host calls it.">
        {(control) => (
          <input
            {...control}
            value={value.model}
            maxLength={200}
            pattern=".*\S.*"
            spellCheck={false}
            autoComplete="off"
            required
            onChange={({ target }) => onChange({ ...value, model: target.value })}
          />
        )}
      </Field>
      <div className="amounts">
        <Field name={`${path}.input`} label="Read">
          {amount('input', true)}
        </Field>
        <Field name={`${path}.cached`} label="Cached">
          {amount('cached', false)}
        </Field>
        <Field name={`${path}.output`} label="Written">
          {amount('output', true)}
        </Field>
      </div>
      <div className="buttons">
        <button
          className="button quiet-button"
          type="button"
          aria-label={`Remove the price of ${value.model.trim() || `model ${number}`}`}
          onClick={onRemove}
        >
          Remove
        </button>
      </div>
    </fieldset>
  )
}
