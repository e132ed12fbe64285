import type { AdminProvider } from '@parley/protocol/admin'
import { useCallback } from 'react'
import { admin } from '../../api/admin.js'
import { useList } from '../../api/use-list.js'
import { Collection } from '../../parts/collection.js'
import { Facts } from '../../parts/facts.js'
import { Time } from '../../parts/time.js'
import { ModelHostForm } from './model-host-form.js'

/** The model hosts of the workspace, with what their models cost. */
export function ModelsPage() {
  const list = useList(useCallback((after?: string) => admin.providers.list({ limit: 50, after }), []))
  return (
    <Collection
      title="Models"
      about="Model hosts of your own, and what they cost. Apps that name none use the model of the server."
      list={list}
      empty="No model hosts yet. Add one by its address and key, then choose it in an app."
      nameOf={({ name }: AdminProvider) => name}
      create={{ verb: 'New model host', form: ({ done }) => <ModelHostForm onDone={done} /> }}
      change={{ verb: 'Change', form: (host, { done }) => <ModelHostForm host={host} onDone={done} /> }}
      remove={{
        verb: 'Delete',
        act: ({ id }) => admin.providers.delete(id),
        about: 'Its key goes with it. Apps that name it fail until they name another.',
      }}
    >
      {({ id, name, base_url, masked, prices, updated_at }, buttons) => (
        <li className="row" key={id}>
          <div className="row-head">
            <span className="row-title">{name}</span>
            {masked !== null && <code className="quiet">{masked}</code>}
          </div>
          <div className="buttons">{buttons}</div>
          <Facts
            of={{
              Address: base_url,
              Prices: pricedModels(Object.keys(prices)),
              Changed: <Time value={updated_at} />,
            }}
          />
        </li>
      )}
    </Collection>
  )
}

/** More than this many names say less than their number. */
const MOST_NAMES = 3

const pricedModels = (models: string[]) => {
  if (models.length === 0) return 'None'
  return models.length > MOST_NAMES ? `${models.length} models` : models.join(', ')
}
