import type { AdminMcpServer, AdminMcpTest } from '@parley/protocol/admin'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { admin } from '../../api/admin.js'
import { toFailure } from '../../api/failure.js'
import { replaceRoute } from '../../api/route.js'
import { useAction } from '../../api/use-action.js'
import { useList } from '../../api/use-list.js'
import { Collection } from '../../parts/collection.js'
import { Facts } from '../../parts/facts.js'
import { Notice } from '../../parts/notice.js'
import { Time } from '../../parts/time.js'
import { McpServerForm } from './mcp-server-form.js'

/** The MCP servers whose tools apps may have. `back`: what somebody brings back from signing in at one. */
export function McpPage({ back }: { back?: string | undefined }) {
  const list = useList(useCallback((after?: string) => admin.mcpServers.list({ limit: 50, after }), []))
  const { reload } = list
  const ending = useEndedSignIn(back, reload)
  return (
    <Collection
      title="MCP servers"
      about="Other servers whose tools your agents may use. An app names the ones it needs."
      list={list}
      empty="No MCP servers yet. Add one by its address, and test it."
      nameOf={({ name }: AdminMcpServer) => name}
      create={{ verb: 'New server', form: ({ done }) => <McpServerForm onDone={done} /> }}
      change={{ verb: 'Change', form: (server, { done }) => <McpServerForm server={server} onDone={done} /> }}
      remove={{
        verb: 'Delete',
        act: ({ id }) => admin.mcpServers.delete(id),
        about: 'Apps that name it answer without its tools from now on.',
      }}
      before={ending && <Notice tone={ending.tone}>{ending.message}</Notice>}
    >
      {(server, buttons) => (
        <ServerRow
          key={`${server.id} ${server.updated_at}`}
          value={server}
          buttons={server.source === 'workspace' && buttons}
          onChange={reload}
        />
      )}
    </Collection>
  )
}

/** Ends a sign-in once, and takes what it was ended with out of the address. */
function useEndedSignIn(back: string | undefined, onEnd: () => void) {
  const [outcome, setOutcome] = useState<{ tone: 'info' | 'danger'; message: string }>()
  useEffect(() => {
    if (back === undefined) return
    replaceRoute('mcp')
    const { state, code, iss, error, error_description } = Object.fromEntries(new URLSearchParams(back))
    if (!state || !code) {
      setOutcome({
        tone: 'danger',
        message: `The sign-in was not allowed: ${error_description ?? error ?? 'no reason given'}.`,
      })
      return
    }
    admin.mcpServers.finishConnect({ state, code, ...(iss !== undefined && { iss }) }).then(
      ({ name }) => {
        setOutcome({ tone: 'info', message: `You are signed in at ${name}, for this workspace.` })
        onEnd()
      },
      (thrown: unknown) => setOutcome({ tone: 'danger', message: toFailure(thrown).message }),
    )
  }, [back, onEnd])
  return outcome
}

interface ServerRowProps {
  value: AdminMcpServer
  /** What changes or deletes it. */
  buttons: ReactNode
  onChange(): void
}

function ServerRow({ value, buttons, onChange }: ServerRowProps) {
  const { id, name, url, source, oauth, updated_at } = value
  const isConnected = oauth?.connected_at != null
  const [tested, setTested] = useState<AdminMcpTest>()
  const test = useAction(useCallback(async () => setTested(await admin.mcpServers.test(id)), [id]))
  const login = useAction(
    useCallback(async () => {
      if (!isConnected) return location.assign((await admin.mcpServers.connect(id)).authorization_url)
      await admin.mcpServers.disconnect(id)
      onChange()
    }, [id, isConnected, onChange]),
  )
  return (
    <li className="row">
      <div className="row-head">
        <span className="row-title">{name}</span>
        {source === 'server' && <span className="tag">From the settings</span>}
        {isConnected && <span className="tag good">Signed in</span>}
        {oauth && !isConnected && <span className="tag warning">Not signed in</span>}
      </div>
      <div className="buttons">
        <button
          className="button"
          type="button"
          aria-label={`${test.isBusy ? 'Testing…' : 'Test connection'} ${name}`}
          disabled={test.isBusy}
          onClick={() => test.run()}
        >
          {test.isBusy ? 'Testing…' : 'Test connection'}
        </button>
        {source === 'workspace' && (
          <button
            className="button"
            type="button"
            aria-label={`${isConnected ? 'Disconnect' : 'Connect'} ${name}`}
            disabled={login.isBusy}
            onClick={() => login.run()}
          >
            {isConnected ? 'Disconnect' : 'Connect'}
          </button>
        )}
        {buttons}
      </div>
      <Facts
        of={{
          Address: url ?? 'A program of this server',
          ...(updated_at !== null && { Changed: <Time value={updated_at} /> }),
        }}
      />
      <TestOutcome tested={tested} failure={login.failure?.message ?? test.failure?.message} />
    </li>
  )
}

/** What a server said when it was tried. */
function TestOutcome({ tested, failure }: { tested: AdminMcpTest | undefined; failure: string | undefined }) {
  const problem = failure ?? tested?.problem
  if (problem) return <Notice tone="danger">{problem}</Notice>
  if (!tested) return null
  return (
    <div className="mcp-offer" role="status">
      <p className="hint">
        {tested.tools.length === 1 ? 'It offers one tool.' : `It offers ${tested.tools.length} tools.`}
      </p>
      <ul className="tags">
        {tested.tools.map((tool) => (
          <li className="tag" key={tool.name} title={tool.description ?? undefined}>
            {tool.title ?? tool.name}
          </li>
        ))}
      </ul>
    </div>
  )
}
