import { useId, useState } from 'preact/hooks'
import { Icon } from '../icon.js'
import { lazyView } from '../lazy-view.js'
import { useText } from '../session-context.js'
import type { NumberedSource } from './citations.js'

const SourceLine = lazyView(async () => (await import('./source-line.js')).SourceLine)

/** Everything an answer rests on, folded away until asked for; sources of one group stand under its name. */
export function SourceList({ sources }: { sources: NumberedSource[] }) {
  const text = useText()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const groups = groupSources(sources)
  return (
    <div class="sources">
      <button
        type="button"
        class="disclosure"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="chevron-right" size={14} />
        {text.sources(sources.length)}
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen &&
          [...groups].map(([group, members]) => (
            <div key={group}>
              {group && <p class="source-group">{group}</p>}
              <ol class="source-rows">
                {members.map((numbered) => (
                  <li key={numbered.number}>
                    <SourceLine {...numbered} />
                  </li>
                ))}
              </ol>
            </div>
          ))}
      </div>
    </div>
  )
}

function groupSources(sources: NumberedSource[]): Map<string, NumberedSource[]> {
  const groups = new Map<string, NumberedSource[]>()
  for (const numbered of sources) {
    const name = numbered.source.group ?? ''
    groups.set(name, [...(groups.get(name) ?? []), numbered])
  }
  return groups
}
