import type { AdminApp } from '@parley/protocol/admin'
import { type ReactNode, useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { go, toHash } from '../../api/route.js'
import { useLoad } from '../../api/use-load.js'
import { CodeBlock } from '../../parts/code-block.js'
import { Confirm } from '../../parts/confirm.js'
import { Dialog } from '../../parts/dialog.js'
import { Icon } from '../../parts/icon.js'
import { Notice } from '../../parts/notice.js'
import { Outcome } from '../../parts/outcome.js'
import { Page } from '../../parts/page.js'
import { AppApi } from './app-api.js'
import { NEW_APP, toDraft } from './app-draft.js'
import { AppForm } from './app-form.js'
import { CodeApp } from './code/code-app.js'
import { embedSnippets } from './embed-snippets.js'
import { TryChat } from './try-chat.js'

/** The page stands beside the API, wherever that is. */
const SERVER = new URL('.', location.href).href.replace(/\/$/, '')

const ALL_APPS = { href: toHash('apps'), name: 'All apps' }

/** A new agent. */
export function NewAppPage() {
  const open = useCallback((app: AdminApp) => go('apps', app.id), [])
  return (
    <Page title="New app" about="It answers as soon as it is created." back={ALL_APPS}>
      <AppForm initial={NEW_APP} onSave={open} />
    </Page>
  )
}

/** One app: what it is made of, a chat to try it in, and how it gets into a page. */
export function AppPage({ id }: { id: string }) {
  const app = useLoad(useCallback(() => admin.apps.get(id), [id]))
  const [changed, setChanged] = useState<AdminApp>()
  const shown = changed?.id === app.value?.id ? (changed ?? app.value) : app.value
  return (
    <Page
      title={shown?.name ?? 'App'}
      about={shown?.kind === 'code' && 'It comes with the server, and is changed in code.'}
      back={ALL_APPS}
      action={shown && <AppActions app={shown} />}
    >
      <Outcome {...app}>
        {(loaded) => (
          <>
            <Problems app={shown ?? loaded} />
            {loaded.kind === 'code' ? (
              loaded.code && <CodeApp app={loaded} code={loaded.code} server={SERVER} />
            ) : (
              <AppForm key={loaded.id} initial={toDraft(loaded)} appId={loaded.id} onSave={setChanged} />
            )}
            {loaded.kind === 'agent' && <DeleteApp app={shown ?? loaded} />}
          </>
        )}
      </Outcome>
    </Page>
  )
}

function AppActions({ app }: { app: AdminApp }) {
  const [opened, setOpened] = useState<'try' | 'embed' | 'api'>()
  const close = () => setOpened(undefined)
  const button = (name: 'try' | 'embed' | 'api', text: ReactNode) => (
    <button className="button" type="button" aria-haspopup="dialog" onClick={() => setOpened(name)}>
      {text}
    </button>
  )
  return (
    <div className="buttons">
      {button('api', 'API')}
      {button('embed', 'Embed')}
      {button(
        'try',
        <>
          <Icon name="session" />
          Try it
        </>,
      )}
      {opened === 'try' && (
        <Dialog title={`Try ${app.name}`} shape="side" onClose={close}>
          <TryChat app={app} />
        </Dialog>
      )}
      {opened === 'api' && (
        <Dialog title={`API of ${app.name}`} shape="side" onClose={close}>
          <AppApi app={app} server={SERVER} />
        </Dialog>
      )}
      {opened === 'embed' && (
        <Dialog title={`Embed ${app.name}`} shape="side" onClose={close}>
          <div className="stack">
            {embedSnippets(app, SERVER).map(({ name, about, code }) => (
              <section className="stack small" key={name} aria-label={name}>
                <h3>{name}</h3>
                <p className="quiet">{about}</p>
                <CodeBlock name={`${name} code`} code={code} />
              </section>
            ))}
          </div>
        </Dialog>
      )}
    </div>
  )
}

/** What cannot work on this server as it is set up. */
function Problems({ app: { problems } }: { app: AdminApp }) {
  if (problems.length === 0) return null
  return (
    <Notice tone="warning">
      {problems.map(({ param, message }) => (
        <p key={`${param} ${message}`}>{message}</p>
      ))}
    </Notice>
  )
}

function DeleteApp({ app: { id, name } }: { app: AdminApp }) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <section className="end">
      <div>
        <h2>Delete this app</h2>
        <p className="quiet">Its conversations stay; nobody can go on with them.</p>
      </div>
      <button className="button danger" type="button" aria-haspopup="dialog" onClick={() => setIsAsking(true)}>
        Delete…
      </button>
      {isAsking && (
        <Confirm
          title={`Delete ${name}?`}
          verb="Delete"
          act={async () => {
            await admin.apps.delete(id)
            go('apps')
          }}
          onClose={() => setIsAsking(false)}
        >
          It stops answering at once, with all its versions. This cannot be taken back.
        </Confirm>
      )}
    </section>
  )
}
