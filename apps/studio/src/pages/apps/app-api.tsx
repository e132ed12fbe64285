import type { AdminApp } from '@parley/protocol/admin'
import { useState } from 'react'
import { CodeBlock } from '../../parts/code-block.js'
import { apiSnippets } from './api-snippets.js'
import { AppKeys } from './app-keys.js'

/** How a server speaks to an app: where it is, a key, and a first question to copy. */
export function AppApi({ app, server }: { app: AdminApp; server: string }) {
  const snippets = apiSnippets(app, `${server}/v1`)
  const [language, setLanguage] = useState(snippets[0]?.name)
  const shown = snippets.find(({ name }) => name === language)
  return (
    <div className="stack">
      <section className="stack small" aria-labelledby="api-where">
        <h3 id="api-where">Addresses</h3>
        <p className="quiet">
          Your server calls this app at the first, and lists the apps of the workspace at the second.
        </p>
        <CodeBlock name="Base address" code={`${server}/v1`} />
        <CodeBlock name="List of apps" code={`${server}/assistant/api/assistant/my-assistants`} />
      </section>
      <AppKeys appId={app.id} />
      <section className="stack small" aria-labelledby="api-first">
        <h3 id="api-first">A first question</h3>
        <fieldset className="choose" aria-label="Language">
          {snippets.map(({ name }) => (
            <button
              className="button"
              type="button"
              key={name}
              aria-pressed={name === language}
              onClick={() => setLanguage(name)}
            >
              {name}
            </button>
          ))}
        </fieldset>
        {shown && (
          <>
            <p className="quiet">{shown.about}</p>
            <CodeBlock name={`${shown.name} code`} code={shown.code} />
          </>
        )}
      </section>
      <section className="stack small" aria-labelledby="api-more">
        <h3 id="api-more">Everything else</h3>
        <p>
          <a href={`${server}/docs/${encodeURIComponent(app.id)}`} target="_blank" rel="noreferrer">
            API documentation of {app.name}
          </a>
        </p>
      </section>
    </div>
  )
}
