import { useEffect, useRef, useState } from 'preact/hooks'
import { CATALOGUE, type SampleGroup } from '../samples/catalogue.js'
import type { Sample } from '../samples/sample.js'

interface Props {
  current: string
  /** On a phone, where there is no room beside the sample. */
  isOpen: boolean
  hrefOf(id: string): string
  onChoose(id: string): void
}

/** Every sample by group, narrowed by what is typed; links, so that each can be opened in a tab of its own. */
export function SampleList({ current, isOpen, hrefOf, onChoose }: Props) {
  const [query, setQuery] = useState('')
  const groups = findSamples(query)
  const list = useRef<HTMLElement>(null)
  useEffect(
    () => list.current?.querySelector(`[data-sample="${CSS.escape(current)}"]`)?.scrollIntoView({ block: 'nearest' }),
    [current],
  )
  const choose = (id: string) => (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return // the browser's own ways of opening a link
    event.preventDefault()
    onChoose(id)
  }
  return (
    <nav ref={list} id="samples" class={isOpen ? 'list list-open' : 'list'} aria-label="Samples">
      <input
        class="search"
        type="search"
        placeholder="Search"
        aria-label="Search samples"
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      {groups.map(({ title, samples }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          <ul>
            {samples.map((sample) => (
              <li key={sample.id}>
                <a
                  data-sample={sample.id}
                  href={hrefOf(sample.id)}
                  aria-current={sample.id === current ? 'page' : undefined}
                  onClick={choose(sample.id)}
                >
                  {titleOf(sample)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p class="quiet">Nothing is called “{query}”.</p>}
    </nav>
  )
}

export const titleOf = ({ title, id }: Sample): string => title ?? id

/** Groups with the samples that have every typed word in their name, group or description. */
function findSamples(query: string): SampleGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return CATALOGUE.map(({ title, samples }) => ({
    title,
    samples: samples.filter((sample) => {
      const hay = `${title} ${sample.id} ${sample.title ?? ''} ${sample.about}`.toLowerCase()
      return words.every((word) => hay.includes(word))
    }),
  })).filter(({ samples }) => samples.length > 0)
}
