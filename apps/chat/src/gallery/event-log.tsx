/** One thing the page or its server heard from the chat. */
export interface Heard {
  id: number
  name: string
  detail: string
}

/** What the chat tells, newest first: the requests to the server, and the events and calls of the page. */
export function EventLog({ heard, onClear }: { heard: Heard[]; onClear(): void }) {
  return (
    <section class="log" aria-labelledby="log-title">
      <div class="pane-head">
        <h2 id="log-title">What page and server hear</h2>
        {heard.length > 0 && (
          <button class="button" type="button" onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      {heard.length === 0 ? (
        <p class="quiet">Press a button of the sample, or send a message.</p>
      ) : (
        <ol>
          {heard.map(({ id, name, detail }) => (
            <li key={id}>
              <code class="log-name">{name}</code> <code class="log-detail">{detail}</code>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
