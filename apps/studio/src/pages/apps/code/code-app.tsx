import type { AdminApp } from '@parley/protocol/admin'
import type { ReactNode } from 'react'
import { CodeBlock } from '../../../parts/code-block.js'
import { Facts } from '../../../parts/facts.js'
import { STREAM_LANGUAGES } from '../../keys/stream-language-field.js'
import { apiSnippets } from '../api-snippets.js'
import { embedSnippets } from '../embed-snippets.js'
import { MODES } from '../modes.js'

type Code = NonNullable<AdminApp['code']>

interface CodeAppProps {
  app: AdminApp
  code: Code
  /** The server's address, without a slash at its end. */
  server: string
}

/** An app that is code: what can be said of it, and how it is called. */
export function CodeApp({ app, code, server }: CodeAppProps) {
  const { presentation } = app
  const { agent, inputs } = code
  const questions = presentation.suggested_questions ?? []
  return (
    <div className="stack sections">
      <Facts of={factsOf(app, code)} />
      {agent?.instructions && (
        <Section title="Instructions">
          <p className="prose">{agent.instructions}</p>
        </Section>
      )}
      {agent && agent.tools.length > 0 && (
        <Section title="Tools">
          <Terms of={agent.tools.map(({ name, description }) => [name, description])} />
        </Section>
      )}
      {(presentation.opening_statement || questions.length > 0) && (
        <Section title="How it begins">
          {presentation.opening_statement && <p className="prose">{presentation.opening_statement}</p>}
          {questions.length > 0 && (
            <ul className="tags" aria-label="Questions to begin with">
              {questions.map((question) => (
                <li className="tag" key={question}>
                  {question}
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      {inputs.length > 0 && (
        <Section title="What it asks for first">
          <Terms
            of={inputs.map(({ variable, label, required }) => [
              variable,
              [label, required && 'has to be filled in'].filter(Boolean).join(', '),
            ])}
          />
        </Section>
      )}
      <Calls app={app} server={server} />
    </div>
  )
}

const ANSWERS: Record<NonNullable<Code['answers']>, string> = {
  agent: 'An agent',
  respond: 'A function',
  workflow: 'A workflow of Agent Builder',
}

function factsOf(
  { aliases, is_default, stream_language }: AdminApp,
  { file, answers, agent, mode }: Code,
): Record<string, ReactNode> {
  const kind = answers === null ? 'Nothing: its file cannot be read' : ANSWERS[answers]
  return {
    'What answers': agent ? `${kind}, ${agent.name}` : kind,
    'Written in': file === null ? 'The server itself' : <code>{file}</code>,
    ...(answers !== null && { 'What it does': MODES[mode] }),
    ...(agent && { Model: agent.model === null ? 'The server’s' : <code>{agent.model}</code> }),
    ...(agent && agent.handoffs.length > 0 && { 'Hands over to': agent.handoffs.join(', ') }),
    ...(aliases.length > 0 && { 'Other names': <Names of={aliases} /> }),
    ...(stream_language && { Streams: `In ${STREAM_LANGUAGES[stream_language]} language` }),
    ...(is_default && { 'Answers at': <code>/api/chatkit</code> }),
  }
}

const Names = ({ of }: { of: string[] }) =>
  of.map((name, index) => (
    <span key={name}>
      {index > 0 && ', '}
      <code>{name}</code>
    </span>
  ))

/** The two ways in, each to copy, and where the rest is described. */
function Calls({ app, server }: Omit<CodeAppProps, 'code'>) {
  const [page] = embedSnippets(app, server)
  const [curl] = apiSnippets(app, `${server}/v1`)
  return (
    <Section title="Call it">
      {page && (
        <>
          <h3>From your page</h3>
          <p className="quiet">{page.about} “Embed” above has its part of the code.</p>
          <CodeBlock name="Page code" code={page.code} />
        </>
      )}
      {curl && (
        <>
          <h3>From your server</h3>
          <p className="quiet">“API” above makes the key. {curl.about}</p>
          <CodeBlock name="curl code" code={curl.code} />
        </>
      )}
      <p>
        <a href={`${server}/docs/${encodeURIComponent(app.id)}`} target="_blank" rel="noreferrer">
          API documentation of {app.name}
        </a>
      </p>
    </Section>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = title.toLowerCase().replaceAll(' ', '-')
  return (
    <section className="stack small" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

/** Names with what they mean. */
function Terms({ of }: { of: [name: string, about: string | null][] }) {
  return (
    <dl className="terms">
      {of.map(([name, about]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          {about && <dd className="quiet">{about}</dd>}
        </div>
      ))}
    </dl>
  )
}
