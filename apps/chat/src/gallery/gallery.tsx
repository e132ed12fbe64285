import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { CATALOGUE, findSample } from '../samples/catalogue.js'
import type { Sample } from '../samples/sample.js'
import { EventLog } from './event-log.js'
import { LiveView } from './live-view.js'
import { LookControls } from './look-controls.js'
import { PropsTable } from './props-table.js'
import { readSource, writeSource } from './read-source.js'
import { SampleList, titleOf } from './sample-list.js'
import { type Scene, sourceTitle } from './scene.js'
import { SourceEditor } from './source-editor.js'
import { useAddress } from './use-address.js'
import { useHeard } from './use-heard.js'

const FIRST = CATALOGUE[0]?.samples[0] as Sample // the catalogue is never empty

/** Every widget and item of the chat, live, beside its source. */
export function Gallery() {
  const { place, hrefOf, choose, changeLook } = useAddress()
  const sample = findSample(place.id) ?? FIRST
  const [isListOpen, setListOpen] = useState(false)
  useEffect(() => {
    document.title = `${titleOf(sample)} · Parley gallery`
    document.documentElement.dataset.scheme = place.look.scheme
  }, [sample, place.look.scheme])

  return (
    <>
      <header class="bar">
        <a class="name" href="./">
          Parley
        </a>
        <button
          class="button list-toggle"
          type="button"
          aria-expanded={isListOpen}
          aria-controls="samples"
          onClick={() => setListOpen(!isListOpen)}
        >
          {isListOpen ? 'Close' : 'All samples'}
        </button>
        <LookControls look={place.look} onChange={changeLook} />
      </header>
      <div class="body">
        <SampleList
          current={sample.id}
          isOpen={isListOpen}
          hrefOf={hrefOf}
          onChoose={(id) => {
            setListOpen(false)
            choose(id)
          }}
        />
        <Stage sample={sample} look={place.look} />
      </div>
    </>
  )
}

function Stage({ sample, look }: { sample: Sample; look: Parameters<typeof LiveView>[0]['look'] }) {
  const own = useMemo(() => writeSource(sample), [sample])
  const [edited, setEdited] = useState<{ id: string; text: string } | null>(null)
  const text = edited?.id === sample.id ? edited.text : own
  const [replays, setReplays] = useState(0)
  const [isNarrow, setNarrow] = useState(false)
  const { heard, hear, clear } = useHeard()
  const { scene, faults } = useScene(sample, text)

  return (
    <main class="stage">
      <div class="intro">
        <h1>{titleOf(sample)}</h1>
        <p class="quiet">{withCode(sample.about)}</p>
      </div>
      <section class="live" aria-label="Live view">
        <div class="pane-head">
          <h2>Live</h2>
          <button class="button" type="button" aria-pressed={isNarrow} onClick={() => setNarrow(!isNarrow)}>
            Phone width
          </button>
          <button class="button" type="button" onClick={() => setReplays(replays + 1)}>
            Replay
          </button>
        </div>
        <div class={isNarrow ? 'live-box live-narrow' : 'live-box'}>
          <LiveView sampleId={sample.id} scene={scene} look={look} replays={replays} onHear={hear} />
        </div>
      </section>
      <SourceEditor
        title={sourceTitle(sample.kind)}
        text={text}
        faults={faults}
        isChanged={text !== own}
        onChange={(changed) => setEdited({ id: sample.id, text: changed })}
        onReset={() => setEdited(null)}
      />
      <EventLog heard={heard} onClear={clear} />
      {sample.kind === 'widget' && <PropsTable type={sample.id} />}
    </main>
  )
}

/** The scene of the last text without a fault, and what is wrong with the text now. */
function useScene(sample: Sample, text: string) {
  const last = useRef<{ id: string; scene: Scene } | null>(null)
  const reading = useMemo(() => readSource(sample, text), [sample, text])
  if (reading.scene) last.current = { id: sample.id, scene: reading.scene }
  const scene = last.current?.id === sample.id ? last.current.scene : EMPTY
  return { scene, faults: reading.faults ?? [] }
}

const EMPTY: Scene = { question: '', items: [], events: null, options: {}, opens: 'empty' }

/** Words in backticks are names from the source. */
function withCode(about: string) {
  return about.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))
}
