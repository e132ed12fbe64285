/** A page drawn with LangGraph's own React hook; the thread it talks in is in its address. */
import { useStream } from '@langchain/langgraph-sdk/react'
import { LoadExternalComponent } from '@langchain/langgraph-sdk/react-ui'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

const given = new URLSearchParams(location.search)
window.events = []
const log = (name: string) => (detail: unknown) => void window.events.push({ name, detail })

type State = { messages: { id?: string; type: string; content: unknown }[] }

function Chat() {
  const [threadId, setThreadId] = useState<string | null>(given.get('thread'))
  const stream = useStream<State>({
    apiUrl: `${given.get('server')}/api/ai`,
    apiKey: given.get('key') ?? undefined,
    assistantId: 'demo',
    threadId,
    onThreadId(id) {
      setThreadId(id)
      given.set('thread', id)
      history.replaceState(null, '', `?${given}`)
    },
    reconnectOnMount: true,
    fetchStateHistory: true,
    onCreated: log('created'),
    onUpdateEvent: log('updates'),
    onCustomEvent: log('custom'),
    onLangChainEvent: log('events'),
    onFinish: log('finish'),
    onError: log('error'),
  })
  const say = (content: string) => stream.submit({ messages: [{ type: 'human', content }] })
  const [text, setText] = useState('')
  const shown = stream.messages.map(({ content }) => content).join(' | ')
  useEffect(() => log('shown')(shown), [shown])
  const lastQuestion = stream.messages.findLast(({ type }) => type === 'human')

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void say(text)
      }}
    >
      <ol>
        {stream.messages.map((message, index) => (
          <li key={message.id ?? index} data-type={message.type}>
            {String(message.content)}
          </li>
        ))}
      </ol>
      {stream.messages.map((message) => (
        <Branches key={message.id} {...stream.getMessagesMetadata(message)} choose={stream.setBranch} />
      ))}
      <p role="alert">{stream.error instanceof Error ? stream.error.message : ''}</p>
      {given.get('ui') && (
        <>
          <LoadExternalComponent stream={stream} message={card} components={{ card: Card }} />
          <LoadExternalComponent stream={stream} message={card} fallback={<em>No card.</em>} />
        </>
      )}
      <output>{stream.interrupt ? JSON.stringify(stream.interrupt.value) : ''}</output>
      <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit">Send</button>
      <button
        type="button"
        onClick={() => {
          const optimisticValues = ({ messages = [] }: Partial<State>) => ({
            messages: [...messages, { type: 'human', content: `${text}, in a moment` }],
          })
          void stream.submit({ messages: [{ type: 'human', content: text }] }, { optimisticValues })
        }}
      >
        Show at once
      </button>
      <button type="button" onClick={() => void stream.stop()} disabled={!stream.isLoading}>
        Stop
      </button>
      <button type="button" onClick={() => void stream.submit(undefined, { command: { resume: { city: 'Bonn' } } })}>
        Resume
      </button>
      <button
        type="button"
        onClick={() => {
          const before = lastQuestion && stream.getMessagesMetadata(lastQuestion)?.firstSeenState?.parent_checkpoint
          void stream.submit({ messages: [{ type: 'human', content: 'edited' }] }, { checkpoint: before })
        }}
      >
        Edit
      </button>
      <button
        type="button"
        onClick={() => {
          const lastAnswer = stream.messages.findLast(({ type }) => type === 'ai')
          const before = lastAnswer && stream.getMessagesMetadata(lastAnswer)?.firstSeenState?.parent_checkpoint
          void stream.submit(undefined, { checkpoint: before })
        }}
      >
        Again
      </button>
    </form>
  )
}

const card = { type: 'ui' as const, id: 'card_1', name: 'card', props: { city: 'Bonn' }, metadata: { id: 'card_1' } }

const Card = ({ city }: { city?: string }) => <strong>A card of {city}</strong>

/** The ways the conversation went at one message, to go another. */
function Branches(props: { branch?: string; branchOptions?: string[]; choose(branch: string): void }) {
  const { branch, branchOptions = [], choose } = props
  return branchOptions.map((option, index) => (
    <button key={option} type="button" aria-pressed={option === branch} onClick={() => choose(option)}>
      Branch {index + 1}
    </button>
  ))
}

const root = document.querySelector('#root')
if (root) createRoot(root).render(<Chat />)
